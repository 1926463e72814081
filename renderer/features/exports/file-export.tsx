import { useState } from 'react';
import type { FileFormat } from '../../../core/exports/formats/formats.ts';
import { call } from '../../bridge.ts';
import { Button } from '../../components/forms/button.tsx';
import { TextField } from '../../components/forms/field.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { DialogActions } from '../../components/overlays/dialog.tsx';
import { useProfile } from '../../stores/profiles.ts';
import { showToast } from '../../stores/window/toasts.ts';
import { closeOverlay, type FileTarget } from '../../stores/window/view.ts';
import { displayPath, undoNow } from './export-actions.ts';
import { useExportForm } from './export-form.ts';
import styles from './file-export.module.css';
import { PathField } from './path-field.tsx';
import { usePlanning } from './planning.ts';
import { FormatField, formatHelp, mayWrite, Preview, TrackedNote } from './preview.tsx';

const defaultVariable = 'FAL_KEY';

/** Exports a profile's key to a file, after a preview of the change. */
export function FileExport({ name, target }: { name: string; target: FileTarget | null }) {
  const keyId = useProfile(name)?.keyId ?? null;
  const form = useExportForm({ path: target?.path ?? '', format: target?.format ?? null });
  const { file, format, confirmed, busy, problem, changing } = form;
  const [variable, setVariable] = useState(target?.variable ?? defaultVariable);
  const asked = { profile: name, file, format, variable: variable.trim() || null };
  const question = file === '' ? null : JSON.stringify([asked, keyId, form.failures]);
  const planning = usePlanning(question, () => call('exports.plan', asked));
  const ready = mayWrite(planning, confirmed);

  const write = async (force: boolean): Promise<void> => {
    const done = await call('exports.write', { ...asked, force });
    closeOverlay();
    showResult(name, done, format);
  };

  return (
    <form className="dialog-form" onSubmit={(event) => void form.send(event, ready, write)} noValidate>
      <PathField {...form.pathField} />
      <div className={styles.how}>
        <FormatField {...form.formatField} />
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
      <TrackedNote planning={planning} confirmed={confirmed} onConfirm={form.setConfirmed} />
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button tone="go" type="submit" busy={busy} disabled={busy || (file !== '' && !ready)}>
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
