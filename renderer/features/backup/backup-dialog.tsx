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

/** Saves all keys and profiles in a file encrypted with a passphrase. */
export function BackupDialog() {
  const form = useId();
  const [file, setFile] = useState('');
  const [replace, setReplace] = useState(false);
  const [tried, setTried] = useState(false);
  const [created, setCreated] = useState<Output<'backup.create'> | null>(null);
  const { fields, passphrase, validate } = usePassphraseTwice();
  const { busy, problem, run } = useAction();
  if (created) return <Created backup={created} />;
  const fileExists = problem?.code === 'conflict';

  const create = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!validate() || file.trim() === '' || busy) return;
    await run(async () =>
      setCreated(await call('backup.create', { file: file.trim(), passphrase, replace })),
    );
  };

  return (
    <Dialog title="Create backup" onClose={closeOverlay}>
      <form id={form} className="dialog-form" onSubmit={(event) => void create(event)} noValidate>
        <PathField
          label="File"
          kind="file_to_write"
          value={file}
          placeholder="~/varvel-backup.age"
          wrong={tried && file.trim() === '' ? 'Enter a file, such as ~/varvel-backup.age.' : ''}
          onChange={(path) => {
            setFile(path);
            setReplace(false);
          }}
        />
        <Note>
          The backup contains your keys and their secrets. <b>Nobody can recover the passphrase.</b> Without
          it, the backup can’t be opened.
        </Note>
        <PassphraseTwice {...fields} />
        {problem && <ProblemNote problem={problem} />}
        {(fileExists || replace) && (
          <label className="check">
            <input type="checkbox" checked={replace} onChange={({ target }) => setReplace(target.checked)} />{' '}
            Replace the existing file
          </label>
        )}
      </form>
      {/* outside the form: a nested form would reload the page */}
      <VaultInDialog problem={problem} />
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button tone="go" type="submit" form={form} busy={busy} disabled={busy}>
          Create backup
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Created({ backup: { path, keys, profiles, withoutSecret } }: { backup: Output<'backup.create'> }) {
  return (
    <Dialog title="Backup created" onClose={closeOverlay}>
      <p role="status">
        Saved {countOf(keys, 'key')} and {countOf(profiles, 'profile')} to <PathText path={path} />.
      </p>
      {withoutSecret.length > 0 && (
        <Note tone="warn">
          {countOf(withoutSecret.length, 'key')} not included (secret not in this vault, or damaged):{' '}
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
