import { type FormEvent, useState } from 'react';
import type { FileFormat } from '../../../core/exports/formats/formats.ts';
import { call } from '../../bridge.ts';
import { useAction } from '../../components/forms/action.ts';
import { Button } from '../../components/forms/button.tsx';
import { TextField } from '../../components/forms/field.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { DialogActions } from '../../components/overlays/dialog.tsx';
import { useProfile } from '../../stores/profiles.ts';
import { showToast } from '../../stores/window/toasts.ts';
import { closeOverlay, type FileTarget } from '../../stores/window/view.ts';
import { displayPath, undoNow } from './export-actions.ts';
import styles from './file-export.module.css';
import { PathField } from './path-field.tsx';
import { usePlanning } from './planning.ts';
import { FormatField, formatHelp, mayWrite, Preview, TrackedNote } from './preview.tsx';

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
  const question = asked.file === '' ? null : JSON.stringify([asked, keyId, failures]);
  const planning = usePlanning(question, () => call('exports.plan', asked));
  const ready = mayWrite(planning, tracked === 'confirmed');

  const changing = (change: () => void): void => {
    change();
    setTracked('not_confirmed');
    clear();
  };
  const write = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!ready || busy) return;
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
        <FormatField format={format} onChange={(to) => changing(() => setFormat(to))} />
        <TextField
          label="Variable"
          value={variable}
          placeholder={defaultVariable}
          maxLength={128}
          onChange={(event) => changing(() => setVariable(event.target.value))}
        />
      </div>
      <p className={`soft small ${styles.readers}`}>{formatHelp(format, planning)}</p>
      <Preview
        planning={planning}
        unchanged={`The file already has ${asked.variable ?? defaultVariable} of ${name}.`}
      />
      <TrackedNote
        planning={planning}
        confirmed={tracked === 'confirmed'}
        onConfirm={(to) => setTracked(to ? 'confirmed' : 'not_confirmed')}
      />
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button tone="go" type="submit" busy={busy} disabled={busy || (path.trim() !== '' && !ready)}>
          {target ? 'Update file' : 'Export'}
        </Button>
      </DialogActions>
    </form>
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
