import { Button } from '../../../components/forms/button.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { useCurrentName, useProfile } from '../../../stores/profiles.ts';
import { closeOverlay } from '../../../stores/window/view.ts';
import { switchAnyway, warningFor } from '../profile-actions.ts';

/** Asks before a switch to a profile whose key is missing or known not to work. */
export function SwitchAnywayDialog({ name }: { name: string }) {
  const profile = useProfile(name);
  const current = useCurrentName();
  if (!profile) return null;
  const goOn = (): void => {
    closeOverlay();
    void switchAnyway(name);
  };
  return (
    <Dialog title={`Switch to ${name}?`} onClose={closeOverlay}>
      <p>{warningFor(profile)}</p>
      <p className="soft">Shells and tools that follow the current profile won’t be able to call fal.</p>
      <DialogActions>
        <Button onClick={closeOverlay} data-first>
          {current === null ? 'Cancel' : `Stay on ${current}`}
        </Button>
        <Button tone="danger" onClick={goOn}>
          Switch anyway
        </Button>
      </DialogActions>
    </Dialog>
  );
}
