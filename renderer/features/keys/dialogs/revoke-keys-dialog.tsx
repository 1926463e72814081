import { type FormEvent, useState } from 'react';
import type { Problem } from '../../../../contract/problem.ts';
import { call } from '../../../bridge.ts';
import { problemOf } from '../../../call-error.ts';
import { Button } from '../../../components/forms/button.tsx';
import { TextField } from '../../../components/forms/field.tsx';
import { Note, ProblemNote } from '../../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { countOf } from '../../../format/count.ts';
import { keyName, shortId } from '../../../format/words.ts';
import { dropKey, useKeyRows } from '../../../stores/keys.ts';
import { filesWithKey, useFileRows } from '../../../stores/where-used.ts';
import { showToast } from '../../../stores/window/toasts.ts';
import { closeOverlay } from '../../../stores/window/view.ts';
import styles from './revoke-dialog.module.css';

/** Revokes several keys at fal, one after the other. Those that fail stay listed, with the reason. */
export function RevokeKeysDialog({ ids }: { ids: readonly string[] }) {
  const [wanted] = useState(() => new Set(ids));
  const rows = useKeyRows().filter(({ id }) => wanted.has(id));
  const files = useFileRows();
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Record<string, Problem>>({});
  const word = `revoke ${rows.length}`;
  const keys = countOf(rows.length, 'key');
  const firstProblem = Object.values(problems)[0];

  const revoke = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (typed.trim() !== word) return;
    setBusy(true);
    const failed: Record<string, Problem> = {};
    for (const { id } of rows) {
      try {
        await call('keys.revoke', { id });
        dropKey(id);
      } catch (error) {
        failed[id] = problemOf(error);
      }
    }
    setBusy(false);
    setProblems(failed);
    setTyped('');
    const done = rows.length - Object.keys(failed).length;
    if (done > 0) showToast({ tone: 'good', text: `Revoked ${countOf(done, 'key')}.` });
    if (done === rows.length) closeOverlay();
  };

  return (
    <Dialog title={`Revoke ${keys}?`} onClose={closeOverlay}>
      <form className="dialog-form" onSubmit={(event) => void revoke(event)}>
        <Note tone="warn">
          <b>This can’t be undone.</b> They will stop working everywhere at once, including apps, scripts, CI
          and <code>.env</code> files.
        </Note>
        <ul className={styles.profiles} aria-label="Keys to revoke">
          {rows.map((row) => {
            const places = [
              ...row.profiles.slice(0, 3),
              row.profiles.length > 3 && `${row.profiles.length - 3} more profiles`,
              fileWords(filesWithKey(files, row.id).length),
            ].filter(Boolean);
            return (
              <li key={row.id}>
                <b>{keyName(row)}</b>{' '}
                <span className="soft small">
                  {[row.account?.nickname, shortId(row.id)].filter(Boolean).join(' · ')}
                  {places.length > 0 && ` · used by ${places.join(', ')}`}
                </span>
                {problems[row.id] && <div className="small">{problems[row.id]?.message}</div>}
              </li>
            );
          })}
        </ul>
        <TextField
          label={`Type ${word} to confirm`}
          value={typed}
          data-first
          onChange={(event) => setTyped(event.target.value)}
        />
        {firstProblem && <ProblemNote problem={firstProblem} />}
        <DialogActions>
          <Button onClick={closeOverlay}>Cancel</Button>
          <Button tone="danger" type="submit" busy={busy} disabled={busy || typed.trim() !== word}>
            Revoke {keys}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

const fileWords = (count: number): string => (count === 0 ? '' : countOf(count, 'file'));
