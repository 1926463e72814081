import { LockKeyhole, LockKeyholeOpen } from 'lucide-react';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { known } from '../../stores/snapshots/resource.ts';
import { lockVault, useVault } from '../../stores/vault.ts';
import { openOverlay } from '../../stores/window/view.ts';
import { Section } from './settings-section.tsx';
import { VaultForm, vaultFormKind, vaultState } from './vault-forms.tsx';
import styles from './vault-section.module.css';

const kinds = {
  keychain: 'Your keys and sign-ins are stored in the system keychain.',
  file: 'Your keys and sign-ins are stored in a file encrypted with your passphrase.',
} as const;

export function VaultSection() {
  const { resource, reload } = useVault();
  const vault = known(resource);
  if (!vault) return null;
  const { kind, problem } = vault;
  const form = vaultFormKind(vault);
  const Icon = problem ? LockKeyhole : LockKeyholeOpen;
  return (
    <Section part="vault">
      <p className={styles.state}>
        <Icon size={17} strokeWidth={1.8} aria-hidden="true" />
        <span>
          <b>{vaultState(vault)}.</b> {kinds[kind]}
        </span>
      </p>
      {problem && form === null && (
        <ProblemNote
          problem={problem}
          offers={false}
          actions={<Button onClick={() => void reload()}>Try again</Button>}
        />
      )}
      {problem?.code === 'wrong_passphrase' && <ProblemNote problem={problem} offers={false} />}
      <VaultForm vault={vault} />
      {kind === 'file' && !problem && <OpenVault />}
    </Section>
  );
}

/** What can be done with an unlocked passphrase vault. */
function OpenVault() {
  const { busy, problem, run } = useAction();
  return (
    <>
      <div className="pane-actions">
        <Button icon={LockKeyhole} busy={busy} disabled={busy} onClick={() => void run(lockVault)}>
          Lock now
        </Button>
        <Button onClick={() => openOverlay({ kind: 'change_passphrase' })}>Change passphrase…</Button>
      </div>
      {problem && <ProblemNote problem={problem} />}
    </>
  );
}
