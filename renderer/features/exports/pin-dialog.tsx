import { type FormEvent, useState } from 'react';
import { call } from '../../bridge.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { useFolderRows } from '../../stores/where-used.ts';
import { showToast } from '../../stores/window/toasts.ts';
import { closeOverlay } from '../../stores/window/view.ts';
import { displayPath } from './export-actions.ts';
import { PathField } from './path-field.tsx';

/** Pins a folder to a profile, which shells in the folder and below it then use. */
export function PinDialog({ name }: { name: string }) {
  const [typed, setTyped] = useState('');
  /** The folder of the last attempt, which `problem` is about. */
  const [tried, setTried] = useState<string | null>(null);
  const { busy, problem, run } = useAction();
  const folder = typed.trim();
  const pinnedTo = usePinnedProfile(folder);

  const pin = (event: FormEvent): void => {
    event.preventDefault();
    setTried(folder);
    if (folder === '' || busy) return;
    void run(async () => {
      const { changed } = await call('pins.add', { profile: name, folder });
      closeOverlay();
      const where = displayPath(folder);
      showToast({
        tone: 'good',
        text: changed ? `Pinned ${where} to ${name}.` : `${where} is already pinned to ${name}.`,
      });
    });
  };

  return (
    <Dialog title={`Pin folder to ${name}`} onClose={closeOverlay}>
      <form className="dialog-form" onSubmit={pin} noValidate>
        <p>
          In this folder and its subfolders, shells with the hook, <code>varvel run</code> and{' '}
          <code>varvel env</code> use {name}, whatever the current profile.
        </p>
        <PathField
          label="Folder"
          kind="folder"
          value={typed}
          placeholder="~/shop"
          hint="Creates the file .varvel, which contains only the profile’s name. It’s safe to commit."
          wrong={tried === '' && folder === '' ? 'Enter a folder, such as ~/shop.' : ''}
          onChange={setTyped}
        />
        {pinnedTo !== null && pinnedTo !== name && (
          <Note tone="warn">
            This folder is pinned to {pinnedTo}. {name} will replace it.
          </Note>
        )}
        {problem && tried === folder && <ProblemNote problem={problem} />}
        <DialogActions>
          <Button onClick={closeOverlay}>Cancel</Button>
          <Button tone="go" type="submit" busy={busy} disabled={busy}>
            Pin folder
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** The profile that Varvel has pinned a folder to, if any. */
function usePinnedProfile(folder: string): string | null {
  const path = displayPath(folder.replace(/(?<=.)[/\\]+$/, ''));
  const pinned = useFolderRows().find((each) => each.state === 'pinned' && displayPath(each.folder) === path);
  return pinned?.profile ?? null;
}
