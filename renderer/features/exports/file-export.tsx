import { type FormEvent, useState } from 'react';
import {
  type FileFormat,
  fileFormatNames,
  fileFormats,
  namedFormats,
  usualFormat,
} from '../../../core/exports/formats/formats.ts';
import { call } from '../../bridge.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { SelectField, TextField } from '../../components/forms/field.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { DialogActions } from '../../components/overlays/dialog.tsx';
import { FileDiff } from '../../components/plans/file-diff.tsx';
import { Prose } from '../../format/prose.tsx';
import { useProfile } from '../../stores/profiles.ts';
import { showToast } from '../../stores/window/toasts.ts';
import { closeOverlay, type FileTarget } from '../../stores/window/view.ts';
import { displayPath, undoNow } from './export-actions.ts';
import styles from './file-export.module.css';
import { PathField } from './path-field.tsx';
import { type Planning, usePlanning } from './planning.ts';

const defaultVariable = 'FAL_KEY';

/** Exports a profile's key to a file, after a preview of the change. */
export function FileExport({ name, target }: { name: string; target: FileTarget | null }) {
  const keyId = useProfile(name)?.keyId ?? null;
  const [path, setPath] = useState(target?.path ?? '');
  const [format, setFormat] = useState<FileFormat | null>(target?.format ?? null);
  const [variable, setVariable] = useState(target?.variable ?? defaultVariable);
  const [tracked, setTracked] = useState<'not_confirmed' | 'confirmed'>('not_confirmed');
  const [tried, setTried] = useState(false);
  const { busy, problem, run, clear } = useAction();
  const [failures, setFailures] = useState(0);
  const asked = { profile: name, file: path.trim(), format, variable: variable.trim() || null };
  // after a failure the file may have changed, so plan again
  const planning = usePlanning(asked, `${keyId} ${failures}`);
  const mayWrite = planning.state === 'planned' && (!planning.plan.tracked || tracked === 'confirmed');

  const changing = (change: () => void): void => {
    change();
    setTracked('not_confirmed');
    clear();
  };
  const write = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!mayWrite || busy) return;
    await run(async () => {
      try {
        const done = await call('exports.write', { ...asked, force: tracked === 'confirmed' });
        closeOverlay();
        showResult(name, done, format);
      } catch (error) {
        setFailures((before) => before + 1);
        throw error;
      }
    });
  };

  return (
    <form className="dialog-form" onSubmit={(event) => void write(event)} noValidate>
      <PathField
        label="File"
        kind="file_to_write"
        value={path}
        placeholder="~/shop/.env"
        wrong={tried && path.trim() === '' ? 'Enter a file, such as ~/shop/.env.' : ''}
        onChange={(to) => changing(() => setPath(to))}
      />
      <div className={styles.how}>
        <SelectField
          label="Format"
          value={format ?? ''}
          onChange={({ target: { value } }) =>
            changing(() => setFormat(fileFormatNames.find((each) => each === value) ?? null))
          }
        >
          <option value="">Based on file name</option>
          {fileFormatNames.map((each) => (
            <option key={each} value={each}>
              {fileFormats[each].label}
            </option>
          ))}
        </SelectField>
        <TextField
          label="Variable"
          value={variable}
          placeholder={defaultVariable}
          maxLength={128}
          onChange={(event) => changing(() => setVariable(event.target.value))}
        />
      </div>
      <p className={`soft small ${styles.readers}`}>{formatHelp(format, planning)}</p>
      <Preview name={name} planning={planning} />
      {planning.state === 'planned' && planning.plan.tracked && (
        <Note tone="warn">
          <b>Git tracks this file.</b> The key would be in your next commit. Use a file that git ignores
          instead.
          <label className={`check ${styles.anyway}`}>
            <input
              type="checkbox"
              checked={tracked === 'confirmed'}
              onChange={({ target: { checked } }) => setTracked(checked ? 'confirmed' : 'not_confirmed')}
            />
            Export anyway
          </label>
        </Note>
      )}
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button tone="go" type="submit" busy={busy} disabled={busy || (path.trim() !== '' && !mayWrite)}>
          {target ? 'Update file' : 'Export'}
        </Button>
      </DialogActions>
    </form>
  );
}

function formatHelp(chosen: FileFormat | null, planning: Planning): string {
  const plan =
    planning.state === 'planned' ? planning.plan : planning.state === 'loading' ? planning.last : null;
  const format = chosen ?? plan?.format;
  if (format) return fileFormats[format].readers;
  const named = namedFormats.map(({ format, fileName }) => `${fileName} is ${fileFormats[format].label}`);
  return `${named.join(', ')}. Other names are ${fileFormats[usualFormat].label}.`;
}

function Preview({ name, planning }: { name: string; planning: Planning }) {
  if (planning.state === 'empty') {
    return (
      <Note>
        Only the variable’s line changes. Comments, order and other lines stay. You’ll see the change before
        it’s written, and you can undo it.
      </Note>
    );
  }
  if (planning.state === 'failed') return <ProblemNote problem={planning.problem} />;
  const plan = planning.state === 'planned' ? planning.plan : planning.last;
  return (
    <div
      className={`${styles.preview} ${planning.state === 'loading' ? 'stale' : ''}`}
      aria-busy={planning.state === 'loading'}
    >
      {plan ? (
        <FileDiff change={plan.change} unchanged={`The file already has ${plan.variable} of ${name}.`} />
      ) : (
        <p className="soft">Loading preview…</p>
      )}
      {plan && <Warnings warnings={plan.warnings} />}
    </div>
  );
}

function Warnings({ warnings }: { warnings: string[] }) {
  if (warnings.length === 0) return null;
  return (
    <Note tone="warn">
      {warnings.map((warning) => (
        <div key={warning}>
          <Prose text={warning} />
        </div>
      ))}
    </Note>
  );
}

function showResult(
  name: string,
  { path, variable, written }: { path: string; variable: string; written: boolean },
  format: FileFormat | null,
): void {
  const where = displayPath(path);
  if (!written) {
    showToast({ text: `${where} already has ${variable} of ${name}.` });
    return;
  }
  showToast({
    tone: 'good',
    text: `Exported ${variable} of ${name} to ${where}.`,
    action: { label: 'Undo', run: () => void undoNow({ profile: name, path, variable, format }) },
  });
}
