import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { useCurrentName, useProfile } from '../../stores/profiles.ts';
import { closeOverlay } from '../../stores/window/view.ts';
import { PinnedFolders } from '../exports/what-breaks.tsx';
import { deleteProfile } from './profile-actions.ts';

export function DeleteProfileDialog({ name }: { name: string }) {
  const profile = useProfile(name);
  const current = useCurrentName() === name;
  const { busy, problem, run } = useAction();
  if (!profile) return null;

  const remove = async (): Promise<void> => {
    await run(async () => {
      await deleteProfile(profile);
      closeOverlay();
    });
  };

  return (
    <Dialog title={`Delete ${name}?`} onClose={closeOverlay}>
      <p>
        {current
          ? 'This is the current profile. Shells and tools that follow it will have no key until you switch to another.'
          : 'Shells and tools that use this profile by name will no longer find it.'}
      </p>
      <PinnedFolders name={name} />
      <p className="soft">
        {profile.keyId === null ? 'It has no key.' : 'Its key stays in your vault and at fal.'} You can undo
        this for a short time.
      </p>
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button tone="danger" busy={busy} disabled={busy} onClick={() => void remove()} data-first>
          Delete profile
        </Button>
      </DialogActions>
    </Dialog>
  );
}
