import { type FormEvent, useState } from 'react';
import { useAction } from '../../../components/forms/action.ts';
import { Button } from '../../../components/forms/button.tsx';
import { TextField } from '../../../components/forms/field.tsx';
import { ProblemNote } from '../../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { keyName } from '../../../format/words.ts';
import { renameKey, useKey } from '../../../stores/keys/keys.ts';
import { closeOverlay } from '../../../stores/window/view.ts';

/** Names a key in Varvel, from a menu or the palette. */
export function RenameKeyDialog({ keyId }: { keyId: string }) {
  const row = useKey(keyId);
  const [name, setName] = useState(row?.alias ?? '');
  const { busy, problem, run, clear } = useAction();
  if (!row) return null;
  const rename = (event: FormEvent): void => {
    event.preventDefault();
    if (busy) return;
    void run(async () => {
      await renameKey(row, name);
      closeOverlay();
    });
  };
  return (
    <Dialog title={`Rename key ${keyName(row)}`} onClose={closeOverlay}>
      <form className="dialog-form" onSubmit={rename} noValidate>
        <TextField
          label="Name"
          value={name}
          data-first
          hint="Only in Varvel. At fal, the key keeps its alias; an empty name gives it back."
          onFocus={(event) => event.target.select()}
          onChange={(event) => {
            setName(event.target.value);
            clear();
          }}
        />
        {problem && <ProblemNote problem={problem} />}
        <DialogActions>
          <Button onClick={closeOverlay}>Cancel</Button>
          <Button tone="go" type="submit" busy={busy} disabled={busy}>
            Rename key
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
