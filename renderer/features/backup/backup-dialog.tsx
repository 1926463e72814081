import { type FormEvent, useId, useState } from 'react';
import type { Output } from '../../../contract/methods.ts';
import { call } from '../../bridge.ts';
import { PathText } from '../../components/facts/path-text.tsx';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { PassphraseTwice, usePassphraseTwice } from '../../components/forms/passphrase-twice.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { countOf } from '../../format/count.ts';
import { closeOverlay } from '../../stores/window/view.ts';
import { PathField } from '../exports/path-field.tsx';
import { VaultInDialog } from '../settings/vault-forms.tsx';

/** All keys and profiles into a file, under a passphrase. */
export function BackupDialog() {
  const form = useId();
  const [file, setFile] = useState('');
  const [replace, setReplace] = useState(false);
  const [tried, setTried] = useState(false);
  const [made, setMade] = useState<Output<'backup.make'> | null>(null);
  const { fields, passphrase, chosen } = usePassphraseTwice();
  const { busy, problem, run } = useAction();
  if (made) return <Made made={made} />;
  const isThere = problem?.code === 'conflict';

  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!chosen() || file.trim() === '' || busy) return;
    await run(async () => setMade(await call('backup.make', { file: file.trim(), passphrase, replace })));
  };

  return (
    <Dialog title="Back up keys and profiles" onClose={closeOverlay}>
      <form id={form} className="dialog-form" onSubmit={(event) => void make(event)} noValidate>
        <PathField
          label="File"
          kind="file_to_write"
          value={file}
          placeholder="~/varvel-backup.age"
          wrong={
            tried && file.trim() === '' ? 'Say where it shall stand, for example ~/varvel-backup.age.' : ''
          }
          onChange={(path) => {
            setFile(path);
            setReplace(false);
          }}
        />
        <Note>
          It holds your keys with their secrets. <b>Nobody can recover the passphrase</b>: without it, the
          backup is of no use to anybody.
        </Note>
        <PassphraseTwice {...fields} />
        {problem && <ProblemNote problem={problem} />}
        {(isThere || replace) && (
          <label className="check">
            <input type="checkbox" checked={replace} onChange={({ target }) => setReplace(target.checked)} />{' '}
            Replace the file that is there
          </label>
        )}
      </form>
      {/* a form of its own: within another one it would reload the page */}
      <VaultInDialog problem={problem} />
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button tone="go" type="submit" form={form} busy={busy} disabled={busy}>
          Back up
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Made({ made: { path, keys, profiles, withoutSecret } }: { made: Output<'backup.make'> }) {
  return (
    <Dialog title="Backed up" onClose={closeOverlay}>
      <p role="status">
        {countOf(keys, 'key')} and {countOf(profiles, 'profile')} are in <PathText path={path} />.
      </p>
      {withoutSecret.length > 0 && (
        <Note tone="warn">
          {countOf(withoutSecret.length, 'key')} stayed out, whose secret is not in this vault:{' '}
          <span className="mono">{withoutSecret.join(', ')}</span>
        </Note>
      )}
      <DialogActions>
        <Button tone="go" data-first onClick={closeOverlay}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  );
}
