import { type FormEvent, useState } from 'react';
import { call } from '../../../bridge.ts';
import { Button } from '../../../components/forms/button.tsx';
import { TextField } from '../../../components/forms/field.tsx';
import { Note } from '../../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { countOf } from '../../../format/count.ts';
import { keyName } from '../../../format/words.ts';
import { dropKey } from '../../../stores/keys/keys.ts';
import { closeOverlay } from '../../../stores/window/view.ts';
import { isRevocable } from '../filter.ts';
import { KeyBatch, useKeyBatch } from './key-batch.tsx';

/** Revokes several keys at fal. */
export function RevokeKeysDialog({ ids }: { ids: readonly string[] }) {
  const { rows, others, busy, problems, run } = useKeyBatch(ids, isRevocable);
  const [typed, setTyped] = useState('');
  const word = `revoke ${rows.length}`;
  const keys = countOf(rows.length, 'key');

  const revoke = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (typed.trim() !== word) return;
    await run('Revoked', async (id) => {
      await call('keys.revoke', { id });
      dropKey(id);
    });
    setTyped('');
  };

  return (
    <Dialog title={`Revoke ${keys}?`} onClose={closeOverlay}>
      <form className="dialog-form" onSubmit={(event) => void revoke(event)}>
        <Note tone="warn">
          <b>This can’t be undone.</b> {rows.length === 1 ? 'The key' : 'The keys'} will stop working
          everywhere at once, including apps, scripts, CI and <code>.env</code> files.
        </Note>
        <KeyBatch rows={rows} problems={problems} label="Keys to revoke" />
        {others.length > 0 && (
          <p className="soft small">
            Not at fal, so not revoked: {others.map(keyName).join(', ')}. Forget instead.
          </p>
        )}
        <TextField
          label={`Type ${word} to confirm`}
          value={typed}
          data-first
          onChange={(event) => setTyped(event.target.value)}
        />
        <DialogActions>
          <Button onClick={closeOverlay}>Cancel</Button>
          <Button tone="danger" type="submit" busy={busy} disabled={busy || typed.trim() !== word}>
            Revoke {keys}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
