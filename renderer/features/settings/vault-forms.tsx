import { type FormEvent, useState } from 'react';
import type { Vault } from '../../../contract/methods/vault.ts';
import type { Problem } from '../../../contract/problem.ts';
import { isVaultFailure } from '../../call-error.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { TextField } from '../../components/forms/field.tsx';
import { PassphraseTwice, usePassphraseTwice } from '../../components/forms/passphrase-twice.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { known } from '../../stores/snapshots/resource.ts';
import { choosePassphraseVault, unlockVault, useVault } from '../../stores/vault.ts';
import styles from './vault-forms.module.css';

/** The form that this vault needs. Null when a passphrase wouldn't help. */
export function vaultFormKind({ kind, setUp, problem }: Vault): 'choose' | 'unlock' | null {
  if (kind !== 'file' || !problem) return null;
  if (problem.code !== 'vault_locked' && problem.code !== 'wrong_passphrase') return null;
  return setUp ? 'unlock' : 'choose';
}

/** The vault's state, for display. */
export function vaultState(vault: Vault): 'Unlocked' | 'Locked' | 'Not set up' | 'Not available' {
  if (!vault.problem) return 'Unlocked';
  if (vaultFormKind(vault) === 'choose') return 'Not set up';
  const { code } = vault.problem;
  return code === 'vault_locked' || code === 'wrong_passphrase' ? 'Locked' : 'Not available';
}

/** The form that opens this vault, if any. */
export function VaultForm({ vault }: { vault: Vault }) {
  const form = vaultFormKind(vault);
  if (form === 'unlock') return <Unlock />;
  if (form === 'choose') return <ChoosePassphrase set={unlockVault} />;
  return vault.kind === 'keychain' && vault.problem?.code === 'vault_unavailable' ? (
    <WithoutKeychain />
  ) : null;
}

/** Offers a passphrase vault where there is no keychain. Never chosen without being asked for. */
function WithoutKeychain() {
  const [wanted, setWanted] = useState(false);
  if (!wanted) {
    return (
      <div className={styles.instead}>
        <Button onClick={() => setWanted(true)}>Use a passphrase vault instead…</Button>
      </div>
    );
  }
  return (
    <>
      <p className={styles.instead}>
        Keys and sign-ins will be in a file encrypted with a passphrase, which Varvel asks for at every start.
        The command line uses it too. What is in a keychain stays there.
      </p>
      <ChoosePassphrase set={choosePassphraseVault} />
    </>
  );
}

/** Opens the vault inside a dialog that needs it, since the page behind is inert. */
export function VaultInDialog({ problem }: { problem: Problem | null }) {
  const vault = useVault(({ resource }) => known(resource));
  return problem && isVaultFailure(problem) && vault ? <VaultForm vault={vault} /> : null;
}

/** Unlocks the vault while the program runs. The passphrase is kept in this field only. */
function Unlock() {
  const [passphrase, setPassphrase] = useState('');
  const { busy, problem, run } = useAction();
  const unlock = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    await run(() => unlockVault(passphrase));
    setPassphrase('');
  };
  return (
    <form className={styles.form} onSubmit={(event) => void unlock(event)}>
      <TextField
        className={styles.field}
        label="Passphrase"
        type="password"
        value={passphrase}
        onChange={(event) => setPassphrase(event.target.value)}
      />
      <Button tone="go" type="submit" busy={busy} disabled={busy || passphrase === ''}>
        Unlock vault
      </Button>
      {problem && <ProblemNote className={styles.wide} problem={problem} offers={false} />}
    </form>
  );
}

/** Sets up a new vault. Asks for the passphrase twice, because nobody can recover it. */
function ChoosePassphrase({ set }: { set: (passphrase: string) => Promise<void> }) {
  const { fields, passphrase, validate, clear } = usePassphraseTwice();
  const { busy, problem, run } = useAction();
  const choose = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!validate()) return;
    await run(async () => {
      await set(passphrase);
      clear();
    });
  };
  return (
    <form className={`${styles.form} ${styles.new}`} onSubmit={(event) => void choose(event)}>
      <p className={styles.wide}>
        Choose a passphrase for the vault. <b>Nobody can recover it</b>, neither Varvel nor fal. Without it,
        everything in the vault is lost.
      </p>
      <PassphraseTwice {...fields} fieldClassName={styles.field} />
      <div className={styles.wide}>
        <Button tone="go" type="submit" busy={busy} disabled={busy || passphrase === ''}>
          Set up vault
        </Button>
      </div>
      {problem && <ProblemNote className={styles.wide} problem={problem} offers={false} />}
    </form>
  );
}
