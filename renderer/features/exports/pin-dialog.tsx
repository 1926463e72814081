import { type FormEvent, useState } from 'react';
import type { Problem } from '../../../contract/rows.ts';
import { call } from '../../bridge.ts';
import { problemOf } from '../../call-error.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { ProblemNote } from '../../components/note.tsx';
import { showToast } from '../../stores/toasts.ts';
import { closeOverlay } from '../../stores/view.ts';
import { spoken } from './export-actions.ts';
import { PathField } from './path-field.tsx';

/** Pins a folder to a profile: shells in it, and below it, use that one. */
export function PinDialog({ name }: { name: string }) {
  const [folder, setFolder] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const given = folder.trim();

  const pin = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (given === '' || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const { changed } = await call('pins.add', { profile: name, folder: given });
      closeOverlay();
      showToast({
        tone: 'good',
        text: changed
          ? `${spoken(given)} is pinned to ${name}.`
          : `${spoken(given)} was pinned to ${name} already.`,
      });
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };

  return (
    <Dialog title={`Pin a folder to ${name}`} onClose={closeOverlay}>
      <form className="dialog-form" onSubmit={(event) => void pin(event)} noValidate>
        <p>
          In the folder and below it, shells with the hook, <code>varvel run</code> and{' '}
          <code>varvel env</code> use {name}, whichever profile is current.
        </p>
        <PathField
          label="Folder"
          kind="folder"
          value={folder}
          placeholder="~/shop"
          hint="The file .varvel in it will hold the profile’s name and nothing else: it is safe to commit."
          wrong={tried && given === '' ? 'Say which folder, for example ~/shop.' : ''}
          onChange={(to) => {
            setFolder(to);
            setProblem(null);
          }}
        />
        {problem && <ProblemNote problem={problem} />}
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
