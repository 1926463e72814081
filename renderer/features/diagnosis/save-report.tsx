import { type FormEvent, useEffect, useRef, useState } from 'react';
import { call } from '../../bridge.ts';
import { PathText } from '../../components/facts/path-text.tsx';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { PathField } from '../exports/path-field.tsx';
import styles from './save-report.module.css';

/** Saves a report for fal's support in a new file. */
export function SaveReport({ report, onClose }: { report: string; onClose: () => void }) {
  const [file, setFile] = useState('~/fal-lock-report.txt');
  const [saved, setSaved] = useState<string | null>(null);
  const { busy, problem, run, clear } = useAction();
  const place = useRef<HTMLFormElement>(null);
  useEffect(() => {
    place.current?.querySelector('input')?.focus({ preventScroll: true });
    place.current?.scrollIntoView({ block: 'end' });
  }, []);
  if (saved !== null)
    return (
      <Note tone="good" actions={<Button onClick={onClose}>Done</Button>}>
        Saved to <PathText path={saved} />.
      </Note>
    );
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (file.trim() === '' || busy) return;
    await run(async () => setSaved((await call('locks.saveReport', { file: file.trim(), report })).path));
  };
  return (
    <form ref={place} className={styles.form} onSubmit={(event) => void save(event)} noValidate>
      <PathField
        label="File for the report"
        kind="file_to_write"
        value={file}
        placeholder="~/fal-lock-report.txt"
        hint="Has key ids, times, fal’s answers and balances. No secret."
        wrong={file.trim() === '' ? 'Enter a file, such as ~/fal-lock-report.txt.' : ''}
        onChange={(path) => {
          setFile(path);
          clear();
        }}
      />
      {problem && <ProblemNote problem={problem} />}
      <div className={styles.actions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button tone="go" type="submit" busy={busy} disabled={busy}>
          Save report
        </Button>
      </div>
    </form>
  );
}
