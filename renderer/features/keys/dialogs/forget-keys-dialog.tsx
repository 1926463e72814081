import { call } from '../../../bridge.ts';
import { Button } from '../../../components/forms/button.tsx';
import { Note } from '../../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { countOf } from '../../../format/count.ts';
import { closeOverlay } from '../../../stores/window/view.ts';
import { KeyBatch, useKeyBatch } from './key-batch.tsx';

/** Deletes the secrets of several keys from the vault. The keys still work at fal. */
export function ForgetKeysDialog({ ids }: { ids: readonly string[] }) {
  const { rows, busy, problems, run } = useKeyBatch(ids);
  const keys = countOf(rows.length, 'key');
  return (
    <Dialog title={`Forget ${keys}?`} onClose={closeOverlay}>
      <Note tone="warn">
        <b>Their secrets will be deleted from your vault. fal can’t show them again.</b> The keys keep working
        wherever else they’re used, but the profiles that use them will have no key.
      </Note>
      <KeyBatch rows={rows} problems={problems} label="Keys to forget" />
      <DialogActions>
        <Button data-first onClick={closeOverlay}>
          Cancel
        </Button>
        <Button
          tone="danger"
          busy={busy}
          disabled={busy}
          onClick={() => void run('Forgot', (id) => call('keys.forget', { id }))}
        >
          Forget {keys}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
