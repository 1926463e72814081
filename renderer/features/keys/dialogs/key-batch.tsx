import { useState } from 'react';
import type { Problem } from '../../../../contract/problem.ts';
import type { KeyView } from '../../../../core/model/key-view.ts';
import { problemOf } from '../../../call-error.ts';
import { ProblemNote } from '../../../components/layout/note.tsx';
import { countOf } from '../../../format/count.ts';
import { keyName, shortId } from '../../../format/words.ts';
import { useKeyRows } from '../../../stores/keys/keys.ts';
import { useRotationRows } from '../../../stores/keys/rotations.ts';
import { filesWithKey, useFileRows } from '../../../stores/where-used.ts';
import { showToast } from '../../../stores/window/toasts.ts';
import { closeOverlay } from '../../../stores/window/view.ts';
import styles from './revoke-dialog.module.css';

/**
 * Several keys that something is done with, one after the other. Those that fail stay, with the reason.
 * @param includes leaves out the keys that it can't be done with: `others`
 */
export function useKeyBatch(ids: readonly string[], includes: (row: KeyView) => boolean = () => true) {
  const [left, setLeft] = useState(() => new Set(ids));
  const chosen = useKeyRows().filter(({ id }) => left.has(id));
  const rows = chosen.filter(includes);
  const others = chosen.filter((row) => !includes(row));
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Record<string, Problem>>({});

  /** @param past what was done with them: “Revoked” */
  const run = async (past: string, work: (id: string) => Promise<unknown>): Promise<void> => {
    setBusy(true);
    const failed: Record<string, Problem> = {};
    for (const { id } of rows) {
      try {
        await work(id);
      } catch (error) {
        failed[id] = problemOf(error);
      }
    }
    setBusy(false);
    setProblems(failed);
    setLeft(new Set(Object.keys(failed)));
    const done = rows.length - Object.keys(failed).length;
    if (done > 0) showToast({ tone: 'good', text: `${past} ${countOf(done, 'key')}.` });
    if (done === rows.length) closeOverlay();
  };
  return { rows, others, busy, problems, run };
}

/** The keys, each with what uses it and what went wrong. */
export function KeyBatch({
  rows,
  problems,
  label,
}: {
  rows: KeyView[];
  problems: Record<string, Problem>;
  label: string;
}) {
  const files = useFileRows();
  const rotated = new Set(useRotationRows().flatMap(({ oldKeyId, newKeyId }) => [oldKeyId, newKeyId]));
  const [firstProblem] = Object.values(problems);
  return (
    <>
      <ul className={styles.profiles} aria-label={label}>
        {rows.map((row) => {
          const fileCount = filesWithKey(files, row.id).length;
          const places = [
            ...row.profiles.slice(0, 3),
            row.profiles.length > 3 && `${row.profiles.length - 3} more profiles`,
            fileCount > 0 && countOf(fileCount, 'file'),
          ].filter(Boolean);
          return (
            <li key={row.id}>
              <b>{keyName(row)}</b>{' '}
              <span className="soft small">
                {[row.account?.nickname, shortId(row.id)].filter(Boolean).join(' · ')}
                {places.length > 0 && ` · used by ${places.join(', ')}`}
                {rotated.has(row.id) && ' · needed by a rotation that isn’t over'}
              </span>
              {problems[row.id] && <div className="small">{problems[row.id]?.message}</div>}
            </li>
          );
        })}
      </ul>
      {firstProblem && <ProblemNote problem={firstProblem} />}
    </>
  );
}
