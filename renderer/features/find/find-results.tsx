import { File, FileLock, GitBranch } from 'lucide-react';
import { useState } from 'react';
import type { Found } from '../../../contract/methods/find.ts';
import type { CopyRemoval, KeyCopy, RemovalWay } from '../../../core/model/machine/key-copy.ts';
import { call, newRun } from '../../bridge.ts';
import { PathText } from '../../components/facts/path-text.tsx';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { FramedList } from '../../components/lists/framed-list.tsx';
import type { RowPlace } from '../../components/lists/virtual-list.tsx';
import { DialogActions } from '../../components/overlays/dialog.tsx';
import { countOf } from '../../format/count.ts';
import { keyName, shortId } from '../../format/words.ts';
import { useKeyRows } from '../../stores/keys/keys.ts';
import { closeOverlay, openOverlay } from '../../stores/window/view.ts';
import styles from './find.module.css';
import { copiesText, copyLabel, placeText, removedWord, searchedText } from './find-words.ts';

/** The last removal, and of which key. */
interface Removed {
  keyId: string;
  way: RemovalWay;
  removal: CopyRemoval;
}

/** The copies that were found, by key, and what can be done about them. */
export function FindResults({ found, onAgain }: { found: Found; onAgain: () => void }) {
  const [copies, setCopies] = useState(found.copies);
  const [removed, setRemoved] = useState<Removed | null>(null);
  const { busy, problem, run } = useAction();
  const keyIds = [...new Set(copies.map(({ keyId }) => keyId))];
  const hidden = found.count - found.copies.length;

  const remove = (keyId: string, way: RemovalWay): void =>
    void run(async () => {
      const paths = [...new Set(copies.filter((copy) => isRemovable(copy, keyId)).flatMap(pathOf))];
      const removal = await call('find.remove', { run: newRun(), paths, keyIds: [keyId], way });
      const clean = new Set(
        removal.files.flatMap(({ path, left, problem: failed }) =>
          left === 0 && failed === null ? [path] : [],
        ),
      );
      setCopies(
        copies.filter((copy) => !(isRemovable(copy, keyId) && pathOf(copy).some((path) => clean.has(path)))),
      );
      setRemoved({ keyId, way, removal });
    });
  const undo = (id: string): void =>
    void run(async () => {
      const { files } = await call('find.undo', { id });
      setRemoved(null);
      if (files.every(({ problem: failed }) => failed === null)) setCopies(found.copies);
      else onAgain();
    });

  return (
    <>
      <p role="status">
        {copies.length === 0 && removed === null ? 'No copies found' : `Found ${copiesText(found.count)}`} in{' '}
        {searchedText(found.searched)}.
      </p>
      {hidden > 0 && <Note>{copiesText(hidden)} more aren’t shown. Search fewer folders to see them.</Note>}
      {removed && <RemovedNote {...removed} busy={busy} onUndo={undo} />}
      {keyIds.map((keyId) => (
        <KeyCopies
          key={keyId}
          keyId={keyId}
          copies={copies.filter((copy) => copy.keyId === keyId)}
          busy={busy}
          remove={(way) => remove(keyId, way)}
        />
      ))}
      <LeftOut found={found} />
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={onAgain}>Search again…</Button>
        <Button data-first onClick={closeOverlay}>
          Close
        </Button>
      </DialogActions>
    </>
  );
}

const isRemovable = ({ keyId, stays }: KeyCopy, wanted: string): boolean =>
  keyId === wanted && stays === null;

const pathOf = ({ place }: KeyCopy): string[] => (place.kind === 'file' ? [place.path] : []);

function KeyCopies({
  keyId,
  copies,
  busy,
  remove,
}: {
  keyId: string;
  copies: KeyCopy[];
  busy: boolean;
  remove: (way: RemovalWay) => void;
}) {
  const row = useKeyRows().find(({ id }) => id === keyId);
  const removable = copies.filter((copy) => isRemovable(copy, keyId)).length;
  const inHistory = copies.some(({ stays }) => stays === 'history');
  const name = row ? keyName(row) : shortId(keyId);
  return (
    <section className={styles.key} aria-label={`Copies of ${name}`}>
      <h3>
        {name} <span className="soft small mono">{shortId(keyId)}</span>
      </h3>
      <FramedList
        label={`Copies of ${name}`}
        items={copies}
        keyOf={(copy) => JSON.stringify(copy)}
        height={() => 50}
        row={(copy, place) => <CopyRow copy={copy} place={place} />}
      />
      {inHistory && (
        <p className="soft small">
          Git keeps what was committed, for everybody who has the repository. Only another key helps: rotate
          it.
        </p>
      )}
      <div className={styles.actions}>
        {removable > 0 && (
          <>
            <Button disabled={busy} onClick={() => remove('replace')}>
              Replace by reference
            </Button>
            <Button disabled={busy} onClick={() => remove('scrub')}>
              Scrub {copiesText(removable)}
            </Button>
          </>
        )}
        <Button onClick={() => openOverlay({ kind: 'rotate', keyId })}>Rotate key…</Button>
      </div>
    </section>
  );
}

function CopyRow({ copy, place }: { copy: KeyCopy; place: RowPlace }) {
  const { path, detail } = placeText(copy.place);
  const Icon = copy.place.kind === 'history' ? GitBranch : copy.stays === null ? File : FileLock;
  return (
    <div className="framed-row" data-main tabIndex={place.tabIndex}>
      <Icon size={16} strokeWidth={1.9} aria-hidden="true" />
      <span className="framed-words">
        <span className="clip">
          <PathText path={path} />
        </span>
        <span className="soft small clip">{[detail, copyLabel(copy)].filter(Boolean).join(' · ')}</span>
      </span>
    </div>
  );
}

function RemovedNote({
  way,
  removal,
  busy,
  onUndo,
}: Removed & { busy: boolean; onUndo: (id: string) => void }) {
  const { files, undo } = removal;
  const sum = (count: (file: CopyRemoval['files'][number]) => number): number =>
    files.reduce((total, file) => total + count(file), 0);
  const removed = sum((file) => file.removed);
  const left = sum((file) => file.left);
  const changed = files.filter((file) => file.removed > 0).length;
  const failed = files.filter(({ problem }) => problem !== null);
  return (
    <Note
      tone={failed.length > 0 || removed === 0 ? 'warn' : 'good'}
      actions={
        undo !== null && (
          <Button disabled={busy} onClick={() => onUndo(undo)}>
            Undo
          </Button>
        )
      }
    >
      {removed > 0 && `${removedWord[way]} ${copiesText(removed)} in ${countOf(changed, 'file')}. `}
      {left > 0 && `No reference can stand in place of ${copiesText(left)}: scrub them instead. `}
      {failed.map(({ path, problem }) => (
        <div key={path}>{problem}</div>
      ))}
    </Note>
  );
}

/** What wasn't searched. */
function LeftOut({ found: { notSearched, keysLeftOut } }: { found: Found }) {
  if (notSearched.length === 0 && keysLeftOut.length === 0) return null;
  return (
    <Note tone="warn">
      {keysLeftOut.length > 0 &&
        `${countOf(keysLeftOut.length, 'key')} couldn’t be searched for: the secret is not in the vault, damaged, or too short. `}
      {notSearched.length > 0 && (
        <details>
          <summary>{countOf(notSearched.length, 'place was', 'places were')} not searched</summary>
          <ul className={styles.left}>
            {notSearched.slice(0, 100).map(({ path, reason }) => (
              <li key={path}>
                <PathText path={path} />: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Note>
  );
}
