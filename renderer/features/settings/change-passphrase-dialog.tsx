import { type FormEvent, useState } from 'react';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { TextField } from '../../components/forms/field.tsx';
import { PassphraseTwice, usePassphraseTwice } from '../../components/forms/passphrase-twice.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { changePassphrase } from '../../stores/vault.ts';
import { showToast } from '../../stores/window/toasts.ts';
import { closeOverlay } from '../../stores/window/view.ts';

/** Puts the passphrase vault under another passphrase. */
export function ChangePassphraseDialog() {
  const [current, setCurrent] = useState('');
  const { fields, passphrase, validate } = usePassphraseTwice();
  const { busy, problem, run, clear } = useAction();
  const change = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!validate() || current === '' || busy) return;
    await run(async () => {
      await changePassphrase(current, passphrase);
      showToast({ tone: 'good', text: 'Passphrase changed.' });
      closeOverlay();
    });
  };
  return (
    <Dialog title="Change passphrase" onClose={closeOverlay}>
      <form className="dialog-form" onSubmit={(event) => void change(event)} noValidate>
        <p>
          <b>Nobody can recover the passphrase.</b> Other programs that use this vault, such as the command
          line, need the new one.
        </p>
        <TextField
          label="Current passphrase"
          type="password"
          autoComplete="current-password"
          data-first
          value={current}
          onChange={(event) => {
            setCurrent(event.target.value);
            clear();
          }}
        />
        <PassphraseTwice {...fields} />
        {problem && <ProblemNote problem={problem} offers={false} />}
        <DialogActions>
          <Button onClick={closeOverlay}>Cancel</Button>
          <Button tone="go" type="submit" busy={busy} disabled={busy || current === ''}>
            Change passphrase
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
