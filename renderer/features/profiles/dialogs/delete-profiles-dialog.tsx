import { useAction } from '../../../components/forms/action.ts';
import { Button } from '../../../components/forms/button.tsx';
import { ProblemNote } from '../../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { countOf } from '../../../format/count.ts';
import { useCurrentName, useProfileRows } from '../../../stores/profiles.ts';
import { closeOverlay } from '../../../stores/window/view.ts';
import { PinnedFolders } from '../../exports/used/what-breaks.tsx';
import { deleteProfiles } from '../profile-actions.ts';
import styles from './delete-profiles-dialog.module.css';

export function DeleteProfilesDialog({ names }: { names: readonly string[] }) {
  const wanted = new Set(names);
  const profiles = useProfileRows().filter(({ name }) => wanted.has(name));
  const current = useCurrentName();
  const { busy, problem, run } = useAction();
  const [first] = profiles;
  if (!first) return null;
  const isOne = profiles.length === 1;
  const hasCurrent = current !== null && wanted.has(current);

  const remove = async (): Promise<void> => {
    await run(async () => {
      await deleteProfiles(profiles);
      closeOverlay();
    });
  };

  return (
    <Dialog
      title={`Delete ${isOne ? first.name : countOf(profiles.length, 'profile')}?`}
      onClose={closeOverlay}
    >
      {!isOne && (
        <ul className={styles.names} aria-label="Profiles">
          {profiles.map(({ name }) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      )}
      <p>
        {hasCurrent
          ? `${isOne ? 'This' : current} is the current profile. Shells and tools that follow it will have no key until you switch to another.`
          : `Shells and tools that use ${isOne ? 'this profile' : 'them'} by name will no longer find ${isOne ? 'it' : 'them'}.`}
      </p>
      {isOne && <PinnedFolders name={first.name} />}
      <p className="soft">
        {isOne && first.keyId === null
          ? 'It has no key.'
          : `${isOne ? 'Its key stays' : 'Their keys stay'} in your vault and at fal.`}{' '}
        You can undo this for a short time.
      </p>
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button tone="danger" busy={busy} disabled={busy} onClick={() => void remove()} data-first>
          {isOne ? 'Delete profile' : `Delete ${countOf(profiles.length, 'profile')}`}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
