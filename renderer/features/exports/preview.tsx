import {
  type FileFormat,
  fileFormatNames,
  fileFormats,
  namedFormats,
  usualFormat,
} from '../../../core/exports/formats/formats.ts';
import { SelectField } from '../../components/forms/field.tsx';
import { Note, ProblemNote } from '../../components/layout/note.tsx';
import { FileDiff } from '../../components/plans/file-diff.tsx';
import { Prose } from '../../format/prose.tsx';
import type { Planning } from './planning.ts';
import styles from './preview.module.css';

/** Whether the planned file may be written. @param confirmed although git tracks it */
export const mayWrite = (planning: Planning, confirmed: boolean): boolean =>
  planning.state === 'planned' && (!planning.plan.tracked || confirmed);

export function FormatField({
  format,
  onChange,
}: {
  format: FileFormat | null;
  onChange: (format: FileFormat | null) => void;
}) {
  return (
    <SelectField
      label="Format"
      value={format ?? ''}
      onChange={({ target: { value } }) => onChange(fileFormatNames.find((each) => each === value) ?? null)}
    >
      <option value="">Based on file name</option>
      {fileFormatNames.map((each) => (
        <option key={each} value={each}>
          {fileFormats[each].label}
        </option>
      ))}
    </SelectField>
  );
}

/** What the format is for, or which one a name gets. */
export function formatHelp(chosen: FileFormat | null, planning: Planning): string {
  const plan =
    planning.state === 'planned' ? planning.plan : planning.state === 'loading' ? planning.last : null;
  const format = chosen ?? plan?.format;
  if (format) return fileFormats[format].readers;
  const named = namedFormats.map(({ format, fileName }) => `${fileName} is ${fileFormats[format].label}`);
  return `${named.join(', ')}. Other names are ${fileFormats[usualFormat].label}.`;
}

/** What the file would become, or why it can’t. */
export function Preview({ planning, unchanged }: { planning: Planning; unchanged: string }) {
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
        <FileDiff change={plan.change} unchanged={unchanged} />
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

/** Asks before a key gets into the next commit. */
export function TrackedNote({
  planning,
  confirmed,
  onConfirm,
}: {
  planning: Planning;
  confirmed: boolean;
  onConfirm: (confirmed: boolean) => void;
}) {
  if (planning.state !== 'planned' || !planning.plan.tracked) return null;
  return (
    <Note tone="warn">
      <b>Git tracks this file.</b> The export would be in your next commit. Use a file that git ignores
      instead.
      <label className={`check ${styles.anyway}`}>
        <input
          type="checkbox"
          checked={confirmed}
          onChange={({ target: { checked } }) => onConfirm(checked)}
        />
        Export anyway
      </label>
    </Note>
  );
}
