import { CircleSlash, Equal, type LucideIcon, Plus, TriangleAlert } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import type { RestoreOutcome, RestoreRow } from '../../../core/model/machine/restore.ts';
import { call } from '../../bridge.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { TextField } from '../../components/forms/field.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { FramedList } from '../../components/lists/framed-list.tsx';
import type { RowPlace } from '../../components/lists/virtual-list.tsx';
import { Dialog, DialogActions } from '../../components/overlays/dialog.tsx';
import { countOf } from '../../format/count.ts';
import { shortId } from '../../format/words.ts';
import { showToast } from '../../stores/window/toasts.ts';
import { closeOverlay, goTo } from '../../stores/window/view.ts';
import { PathField } from '../exports/path-field.tsx';
import { VaultInDialog } from '../settings/vault-forms.tsx';

/** Shows what a backup contains before restoring it. */
export function RestoreDialog() {
  const form = useId();
  const [file, setFile] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [tried, setTried] = useState(false);
  const [rows, setRows] = useState<RestoreRow[] | null>(null);
  const { busy, problem, run } = useAction();
  const [hosts, setHosts] = useState<string[]>([]);
  const isRestored = ({ outcome }: RestoreRow): boolean =>
    outcome.kind === 'new' || (outcome.kind === 'foreign_host' && hosts.includes(outcome.host));
  const fresh = rows?.filter(isRestored).length ?? 0;
  const foreign = new Set(
    rows?.flatMap(({ outcome }) => (outcome.kind === 'foreign_host' ? [outcome.host] : [])),
  );

  const open = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (file.trim() === '' || passphrase === '' || busy) return;
    await run(async () => setRows(await call('backup.plan', { file: file.trim(), passphrase })));
  };
  const restore = () =>
    run(async () => {
      const done = await call('backup.restore', { file: file.trim(), passphrase, hosts });
      const restored = done.filter(({ outcome }) => outcome.kind === 'new').length;
      goTo('profiles');
      showToast({
        tone: 'good',
        text: `Restored ${countOf(restored, 'entry', 'entries')} from the backup.`,
      });
    });

  return (
    <Dialog title="Restore backup" onClose={closeOverlay} wide={rows !== null}>
      <form id={form} className="dialog-form" onSubmit={(event) => void open(event)} noValidate>
        {rows ? (
          <>
            <p>Existing keys and profiles are never replaced. Conflicts are skipped.</p>
            <FramedList
              label="Entries to restore"
              items={rows}
              keyOf={({ what, id }) => `${what} ${id}`}
              height={heightOf}
              row={(row, place) => <Row row={row} place={place} />}
            />
            {[...foreign].map((host) => (
              <label key={host} className="check">
                <input
                  type="checkbox"
                  checked={hosts.includes(host)}
                  onChange={({ target: { checked } }) =>
                    setHosts(checked ? [...hosts, host] : hosts.filter((known) => known !== host))
                  }
                />{' '}
                Also restore profiles that send their key to {host}
              </label>
            ))}
            {fresh === 0 && foreign.size === 0 && (
              <Note>Nothing to restore. Everything that can be restored is already in Varvel.</Note>
            )}
          </>
        ) : (
          <>
            <PathField
              label="Backup file"
              kind="file_to_read"
              value={file}
              placeholder="~/varvel-backup.age"
              wrong={tried && file.trim() === '' ? 'Enter a backup file.' : ''}
              onChange={setFile}
            />
            <TextField
              label="Backup passphrase"
              type="password"
              value={passphrase}
              wrong={tried && passphrase === '' ? 'Enter the backup’s passphrase.' : ''}
              onChange={(event) => setPassphrase(event.target.value)}
            />
          </>
        )}
        {problem && <ProblemNote problem={problem} />}
      </form>
      {/* outside the form: a nested form would reload the page */}
      <VaultInDialog problem={problem} />
      <DialogActions>
        <Button onClick={closeOverlay}>{rows && fresh === 0 ? 'Close' : 'Cancel'}</Button>
        {rows === null && (
          <Button tone="go" type="submit" form={form} busy={busy} disabled={busy}>
            Open backup
          </Button>
        )}
        {fresh > 0 && (
          <Button tone="go" data-first busy={busy} disabled={busy} onClick={() => void restore()}>
            Restore {countOf(fresh, 'entry', 'entries')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

/** In px. A reason may take two lines. */
const heightOf = ({ outcome }: RestoreRow): number => ('reason' in outcome ? 68 : 50);

const icons: Record<RestoreOutcome['kind'], LucideIcon> = {
  new: Plus,
  foreign_host: TriangleAlert,
  same: Equal,
  conflict: CircleSlash,
  unusable: CircleSlash,
};

function outcomeText(outcome: RestoreOutcome): string {
  switch (outcome.kind) {
    case 'new':
      return 'Will be restored.';
    case 'foreign_host':
      return `Its host ${outcome.host} isn’t fal’s.`;
    case 'same':
      return 'Already in Varvel.';
    default:
      return outcome.reason;
  }
}

function Row({ row: { what, id, name, host, outcome }, place }: { row: RestoreRow; place: RowPlace }) {
  const Icon = icons[outcome.kind];
  return (
    <div
      className={`framed-row ${outcome.kind === 'new' ? 'framed-good' : ''}`}
      data-main
      tabIndex={place.tabIndex}
    >
      <Icon size={16} strokeWidth={2} aria-hidden="true" />
      <span className="framed-words">
        <b className="clip">{name}</b>
        <span className="soft small two-lines">
          {what === 'key' ? 'Key' : 'Profile'}
          {host !== null && outcome.kind !== 'foreign_host' && ` for ${host}`}. {outcomeText(outcome)}
        </span>
      </span>
      {what === 'key' && (
        <span className="mono soft" title={id}>
          {shortId(id)}
        </span>
      )}
    </div>
  );
}
