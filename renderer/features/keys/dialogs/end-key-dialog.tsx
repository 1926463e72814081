import { call } from '../../../bridge.ts';
import { useAction } from '../../../components/forms/action.ts';
import { Button } from '../../../components/forms/button.tsx';
import { ProblemNote } from '../../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { keyName } from '../../../format/words.ts';
import { dropKey, useKey } from '../../../stores/keys/keys.ts';
import { showToast } from '../../../stores/window/toasts.ts';
import { closeOverlay, useView } from '../../../stores/window/view.ts';

/** Revokes a temporary key before its time. */
export function EndKeyDialog({ keyId }: { keyId: string }) {
  const row = useKey(keyId);
  const { busy, problem, run } = useAction();
  if (!row) return null;
  const name = keyName(row);

  const end = (): void =>
    void run(async () => {
      await call('keys.endTemporary', { id: keyId });
      dropKey(keyId);
      if (useView.getState().key === keyId) useView.setState({ key: null });
      closeOverlay();
      showToast({ tone: 'good', text: `Ended ${name}.` });
    });

  return (
    <Dialog title={`End ${name} now?`} onClose={closeOverlay}>
      <p>The temporary key is revoked at fal. A program that still uses it can’t call fal any more.</p>
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button data-first onClick={closeOverlay}>
          Cancel
        </Button>
        <Button tone="danger" busy={busy} disabled={busy} onClick={end}>
          End key
        </Button>
      </DialogActions>
    </Dialog>
  );
}
