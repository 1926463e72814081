import { type FormEvent, useState } from 'react';
import { call } from '../../bridge.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { useFolderRows } from '../../stores/where-used.ts';
import { showToast } from '../../stores/window/toasts.ts';
import { closeOverlay } from '../../stores/window/view.ts';
import { spoken } from './export-actions.ts';
import { PathField } from './path-field.tsx';

/** Pins a folder to a profile: shells in it, and below it, use that one. */
export function PinDialog({ name }: { name: string }) {
  const [typed, setTyped] = useState('');
  /** What was last tried to be pinned: what went wrong is about that one. */
  const [tried, setTried] = useState<string | null>(null);
  const { busy, problem, run } = useAction();
  const folder = typed.trim();
  const before = usePinOf(folder);

  const pin = (event: FormEvent): void => {
    event.preventDefault();
    setTried(folder);
    if (folder === '' || busy) return;
    void run(async () => {
      const { changed } = await call('pins.add', { profile: name, folder });
      closeOverlay();
      const where = spoken(folder);
      showToast({
        tone: 'good',
        text: changed ? `${where} is pinned to ${name}.` : `${where} was pinned to ${name} already.`,
      });
    });
  };

  return (
    <Dialog title={`Pin a folder to ${name}`} onClose={closeOverlay}>
      <form className="dialog-form" onSubmit={pin} noValidate>
        <p>
          In the folder and below it, shells with the hook, <code>varvel run</code> and{' '}
          <code>varvel env</code> use {name}, whichever profile is current.
        </p>
        <PathField
          label="Folder"
          kind="folder"
          value={typed}
          placeholder="~/shop"
          hint="The file .varvel in it will hold the profile’s name and nothing else: it is safe to commit."
          wrong={tried === '' && folder === '' ? 'Say which folder, for example ~/shop.' : ''}
          onChange={setTyped}
        />
        {before !== null && before !== name && (
          <Note tone="warn">
            It is pinned to {before}: {name} takes its place.
          </Note>
        )}
        {problem && tried === folder && <ProblemNote problem={problem} />}
        <DialogActions>
          <Button onClick={closeOverlay}>Cancel</Button>
          <Button tone="go" type="submit" busy={busy} disabled={busy}>
            Pin
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** The profile to which a folder is pinned now, as far as it was pinned from here. */
function usePinOf(folder: string): string | null {
  const said = spoken(folder.replace(/(?<=.)[/\\]+$/, ''));
  const pinned = useFolderRows().find((each) => each.state === 'pinned' && spoken(each.folder) === said);
  return pinned?.profile ?? null;
}
