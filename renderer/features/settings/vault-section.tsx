import { LockKeyhole, LockKeyholeOpen } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Problem } from '../../../contract/rows.ts';
import { call } from '../../bridge.ts';
import { problemOf } from '../../call-error.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { ProblemNote } from '../../components/note.tsx';
import { known } from '../../stores/resource.ts';
import { useVault } from '../../stores/vault.ts';
import { Section } from './settings-section.tsx';

const kinds = {
  keychain: 'The system’s keychain keeps your keys and sign-ins.',
  file: 'A file encrypted with your passphrase keeps your keys and sign-ins.',
} as const;

export function VaultSection() {
  const { resource, reload } = useVault();
  const vault = known(resource);
  if (!vault) return null;
  const { kind, problem } = vault;
  const Icon = problem ? LockKeyhole : LockKeyholeOpen;
  return (
    <Section title="Vault">
      <p className="vault-state">
        <Icon size={17} strokeWidth={1.8} aria-hidden="true" />
        <span>
          <b>{problem ? 'Not open.' : 'Open.'}</b> {kinds[kind]}
        </span>
      </p>
      {problem && (
        <ProblemNote problem={problem} actions={<Button onClick={() => void reload()}>Look again</Button>} />
      )}
      {problem?.code === 'vault_locked' && kind === 'file' && <Unlock />}
    </Section>
  );
}

/** Takes the passphrase for as long as the program runs; it stays in no state but this field's. */
export function Unlock() {
  const [passphrase, setPassphrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const unlock = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const vault = await call('vault.unlock', { passphrase });
      useVault.getState().put(() => vault);
    } catch (error) {
      setProblem(problemOf(error));
    }
    setPassphrase('');
    setBusy(false);
  };

  return (
    <form className="unlock" onSubmit={(event) => void unlock(event)}>
      <TextField
        label="Passphrase"
        type="password"
        value={passphrase}
        onChange={(event) => setPassphrase(event.target.value)}
      />
      <Button tone="go" type="submit" busy={busy} disabled={busy || passphrase === ''}>
        Unlock
      </Button>
      {problem && <ProblemNote problem={problem} />}
    </form>
  );
}
