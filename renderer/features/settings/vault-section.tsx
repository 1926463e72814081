import { LockKeyhole, LockKeyholeOpen } from 'lucide-react';
import type { Vault } from '../../../contract/vault.ts';
import { Button } from '../../components/forms/button.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { known } from '../../stores/snapshots/resource.ts';
import { useVault } from '../../stores/vault.ts';
import { Section } from './settings-section.tsx';
import { formFor, VaultForm } from './vault-forms.tsx';

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
    <Section part="vault" title="Vault">
      <p className="vault-state">
        <Icon size={17} strokeWidth={1.8} aria-hidden="true" />
        <span>
          <b>{stateOf(vault)}</b> {kinds[kind]}
        </span>
      </p>
      {problem && formFor(vault) !== 'choose' && (
        <ProblemNote
          problem={problem}
          offers={false}
          actions={<Button onClick={() => void reload()}>Look again</Button>}
        />
      )}
      <VaultForm vault={vault} />
    </Section>
  );
}

function stateOf(vault: Vault): string {
  if (!vault.problem) return 'Open.';
  return formFor(vault) === 'choose' ? 'Not set up yet.' : 'Not open.';
}
