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
import { spoken, undoExport } from './export-actions.ts';
import { PathField } from './path-field.tsx';
import { type Planning, usePlanning } from './planning.ts';

const usualVariable = 'FAL_KEY';

/** A profile's key into a file, after its change was shown. */
export function IntoFile({ name, target }: { name: string; target: FileTarget | null }) {
  const keyId = useProfile(name)?.keyId ?? null;
  const [path, setPath] = useState(target?.path ?? '');
  const [format, setFormat] = useState<FileFormat | null>(target?.format ?? null);
  const [variable, setVariable] = useState(target?.variable ?? usualVariable);
  const [tracked, setTracked] = useState<'unasked' | 'all_the_same'>('unasked');
  const [tried, setTried] = useState(false);
  const { busy, problem, run, clear } = useAction();
  const [failures, setFailures] = useState(0);
  const asked = { profile: name, file: path.trim(), format, variable: variable.trim() || null };
  // after a failure the file may be another: it is looked at again
  const planning = usePlanning(asked, `${keyId} ${failures}`);
  const mayWrite = planning.state === 'planned' && (!planning.plan.tracked || tracked === 'all_the_same');

  const changing = (change: () => void): void => {
    change();
    setTracked('unasked');
    clear();
  };
  const write = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!mayWrite || busy) return;
    await run(async () => {
      try {
        const done = await call('exports.write', { ...asked, force: tracked === 'all_the_same' });
        closeOverlay();
        tell(name, done);
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
        wrong={tried && path.trim() === '' ? 'Say which file, for example ~/shop/.env.' : ''}
        onChange={(to) => changing(() => setPath(to))}
      />
      <div className="export-how">
        <SelectField
          label="Format"
          value={format ?? ''}
          onChange={({ target: { value } }) =>
            changing(() => setFormat(fileFormatNames.find((each) => each === value) ?? null))
          }
        >
          <option value="">By the file’s name</option>
          {fileFormatNames.map((each) => (
            <option key={each} value={each}>
              {fileFormats[each].label}
            </option>
          ))}
        </SelectField>
        <TextField
          label="Variable"
          value={variable}
          placeholder={usualVariable}
          maxLength={128}
          onChange={(event) => changing(() => setVariable(event.target.value))}
        />
      </div>
      <p className="soft small export-readers">{readersOf(format, planning)}</p>
      <Preview name={name} planning={planning} />
      {planning.state === 'planned' && planning.plan.tracked && (
        <Note tone="warn">
          <b>Git tracks this file:</b> the key would be in the next commit. A file that git ignores is a
          better place.
          <label className="check">
            <input
              type="checkbox"
              checked={tracked === 'all_the_same'}
              onChange={({ target: { checked } }) => setTracked(checked ? 'all_the_same' : 'unasked')}
            />
            Write it all the same
          </label>
        </Note>
      )}
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button tone="go" type="submit" busy={busy} disabled={busy || (path.trim() !== '' && !mayWrite)}>
          Write
        </Button>
      </DialogActions>
    </form>
  );
}

function readersOf(chosen: FileFormat | null, planning: Planning): string {
  const plan =
    planning.state === 'planned' ? planning.plan : planning.state === 'asking' ? planning.last : null;
  const format = chosen ?? plan?.format;
  if (format) return fileFormats[format].readers;
  const named = namedFormats.map(({ format, fileName }) => `${fileName} is ${fileFormats[format].label}`);
  return `${named.join(', ')}, any other name is ${fileFormats[usualFormat].label}.`;
}

function Preview({ name, planning }: { name: string; planning: Planning }) {
  if (planning.state === 'nothing') {
    return (
      <Note>
        Only the variable’s line changes: comments, order and all other lines stay. You see the change before
        it is written, and can take it back.
      </Note>
    );
  }
  if (planning.state === 'refused') return <ProblemNote problem={planning.problem} />;
  const plan = planning.state === 'planned' ? planning.plan : planning.last;
  return (
    <div
      className={`export-preview ${planning.state === 'asking' ? 'stale' : ''}`}
      aria-busy={planning.state === 'asking'}
    >
      {plan ? (
        <FileDiff change={plan.change} unchanged={`It has ${plan.variable} of ${name} already.`} />
      ) : (
        <p className="soft">Looking at the file…</p>
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

function tell(name: string, done: { path: string; variable: string; written: boolean }): void {
  const { path, variable, written } = done;
  const where = spoken(path);
  if (!written) {
    showToast({ text: `${where} has ${variable} of ${name} already.` });
    return;
  }
  showToast({
    tone: 'good',
    text: `Wrote ${variable} of ${name} into ${where}.`,
    action: { label: 'Undo', run: () => void undoExport(path, variable) },
  });
}
