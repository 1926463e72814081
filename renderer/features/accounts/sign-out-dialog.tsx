import { call } from '../../bridge.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { identityName } from '../../format/words.ts';
import { useIdentities } from '../../stores/accounts.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { showToast } from '../../stores/window/toasts.ts';
import { closeOverlay } from '../../stores/window/view.ts';

export function SignOutDialog({ identityId }: { identityId: string }) {
  const identity = useIdentities(({ resource }) => known(resource)?.find(({ id }) => id === identityId));
  const { busy, problem, run } = useAction();
  if (!identity) return null;
  const name = identityName(identity);

  const signOut = async (): Promise<void> => {
    await run(async () => {
      const { revoked, reason } = await call('identities.signOut', { id: identityId });
      closeOverlay();
      showToast({
        text: `Signed out ${name}.`,
        hint: revoked
          ? ''
          : ['Couldn’t end the session at fal.', reason, 'It will expire by itself.']
              .filter(Boolean)
              .join(' '),
      });
    });
  };

  return (
    <Dialog title={`Sign out ${name}?`} onClose={closeOverlay}>
      <p>
        You won’t be able to create or revoke keys or see balances until you sign in again. Keys and profiles
        in Varvel stay and keep working.
      </p>
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button data-first onClick={closeOverlay}>
          Cancel
        </Button>
        <Button tone="danger" busy={busy} disabled={busy} onClick={() => void signOut()}>
          Sign out
        </Button>
      </DialogActions>
    </Dialog>
  );
}
