import { type FormEvent, useState } from 'react';
import type { Problem } from '../../../contract/problem.ts';
import type { Vault } from '../../../contract/vault.ts';
import { call } from '../../bridge.ts';
import { isVaultFailure } from '../../call-error.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { TextField } from '../../components/forms/field.tsx';
import { PassphraseTwice, usePassphraseTwice } from '../../components/forms/passphrase-twice.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { known } from '../../stores/snapshots/resource.ts';
import { useVault } from '../../stores/vault.ts';

/** What a passphrase given here would mend: null when it would mend nothing. */
export function formFor({ kind, setUp, problem }: Vault): 'choose' | 'unlock' | null {
  if (kind !== 'file' || !problem) return null;
  if (problem.code !== 'vault_locked' && problem.code !== 'wrong_passphrase') return null;
  return setUp ? 'unlock' : 'choose';
}

/** The form that opens this vault, when there is one. */
export function VaultForm({ vault }: { vault: Vault }) {
  const form = formFor(vault);
  if (form === 'unlock') return <Unlock />;
  return form === 'choose' ? <ChoosePassphrase /> : null;
}

/** In a dialog that the vault has stopped: opens it there, because the page behind can’t be reached. */
export function VaultInDialog({ problem }: { problem: Problem | null }) {
  const vault = useVault(({ resource }) => known(resource));
  return problem && isVaultFailure(problem) && vault ? <VaultForm vault={vault} /> : null;
}

const give = async (passphrase: string): Promise<void> => {
  const vault = await call('vault.unlock', { passphrase });
  useVault.getState().put(() => vault);
};

/** Takes the passphrase for as long as the program runs; it stays in no state but this field's. */
function Unlock() {
  const [passphrase, setPassphrase] = useState('');
  const { busy, problem, run } = useAction();
  const unlock = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    await run(() => give(passphrase));
    setPassphrase('');
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
      {problem && <ProblemNote problem={problem} offers={false} />}
    </form>
  );
}

/** For a vault that is new: the passphrase twice, because nobody can recover it. */
function ChoosePassphrase() {
  const { fields, passphrase, chosen, empty } = usePassphraseTwice();
  const { busy, problem, run } = useAction();
  const choose = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!chosen()) return;
    await run(() => give(passphrase));
    empty();
  };
  return (
    <form className="unlock unlock-new" onSubmit={(event) => void choose(event)}>
      <p className="unlock-words">
        Choose a passphrase for it. <b>Nobody can recover it</b>, neither Varvel nor fal: without it, what is
        in the vault is lost.
      </p>
      <PassphraseTwice {...fields} />
      <Button tone="go" type="submit" busy={busy} disabled={busy || passphrase === ''}>
        Set up the vault
      </Button>
      {problem && <ProblemNote problem={problem} offers={false} />}
    </form>
  );
}
