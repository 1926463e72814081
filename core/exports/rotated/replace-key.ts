import { VarvelError } from '../../model/error.ts';
import type { ExportRecord } from '../../model/machine/export-record.ts';
import { bytesOfText, textOfBytes } from '../../patch/bytes.ts';
import { apply, type Splice } from '../../patch/splice.ts';
import type { Ports } from '../../ports.ts';
import { createExportFiles } from '../file/files.ts';
import { type Held, heldIn, largestFile, lookAtFile } from '../file/look.ts';
import { refuseRenewal } from '../file/tracked.ts';
import { type FileFormat, fileFormatNames, fileFormats } from '../formats/formats.ts';
import { type KeyText, tellingPart } from './key-text.ts';

/**
 * What became of an exported file: `replaced` now or by a process that couldn't record it, `kept` when it had the new key,
 * or `gone` when its variable holds neither. The record is to be stored; null when it stays.
 */
export type Replaced = { outcome: 'replaced' | 'kept' | 'gone'; record: ExportRecord | null };

/**
 * Puts another key in place of an exported one, and changes nothing else in the file: what was edited by hand since the
 * export stays, and so does the file's mode. Undoing the export still restores what was there before it.
 * @throws VarvelError why the file can't be changed, or why it may hold the key unseen; `vault_*`. It is then unchanged
 */
export async function replaceExportedKey(
  ports: Pick<Ports, 'state' | 'secrets' | 'clock' | 'files' | 'git'>,
  record: ExportRecord,
  from: KeyText,
  to: { id: string; text: string },
): Promise<Replaced> {
  const { files } = ports;
  const { path, variable } = record;
  const kept = createExportFiles(ports);
  const format = fileFormatNames.find((known) => known === record.format);
  const seen = await lookAtFile(files, path);
  if (seen.state === 'unseen') throw seen.why;
  if (seen.state === 'gone' || !format) return { outcome: 'gone', record: null };
  const held = heldUnlessMalformed(format, seen.text, record, from);
  if (held.kind === 'unknown') throw takenFromElsewhere(path, variable);
  if (held.kind === 'none') return { outcome: 'gone', record: null };
  const { value } = held;
  if (value === to.text && record.keyId === to.id) return { outcome: 'kept', record: null };
  if (value === to.text) return { outcome: 'replaced', record: await kept.withKey(record, to.id, to.text) };
  const isHeld =
    from.text === null
      ? record.keyId === from.id && (await kept.isExported(record, value))
      : value === from.text;
  if (!isHeld) return { outcome: 'gone', record: null };
  await refuseRenewal(ports, path);
  const edit = (text: string): Splice => change(format, text, variable, value, to.text);
  const { removed, inserted } = edit(seen.text);
  await kept.widenUndo(record, (text) => text.replace(removed, () => inserted));
  let replaced = true;
  await files.patch(
    path,
    (now) => {
      const text = now === null ? null : textOfBytes(now);
      const there = text === null ? null : heldUnlessMalformed(format, text, record, from);
      replaced = there?.kind === 'value' && there.value === value;
      return text !== null && replaced ? bytesOfText(apply(text, edit(text))) : null;
    },
    { limit: largestFile, mode: 'keep' },
  );
  if (!replaced) return replaceExportedKey(ports, record, from, to);
  return { outcome: 'replaced', record: await kept.withKey(record, to.id, to.text) };
}

/**
 * The change that gives the last place that sets the variable another value. Only the value itself changes where it
 * stands there as it is, so that its quotes and what follows it stay.
 */
function change(format: FileFormat, text: string, variable: string, held: string, value: string): Splice {
  const { find, merge } = fileFormats[format];
  const last = find(text, variable).at(-1);
  const at = last ? text.indexOf(held, last.start) : -1;
  if (last && at >= 0 && at + held.length <= last.end) {
    const inPlace: Splice = { start: at, removed: held, inserted: value };
    if (find(apply(text, inPlace), variable).at(-1)?.value === value) return inPlace;
  }
  return merge(text, variable, value);
}

/** The variable's value; none in a malformed file without the key. @throws VarvelError for a malformed file with it */
function heldUnlessMalformed(
  format: FileFormat,
  text: string,
  { variable }: ExportRecord,
  from: KeyText,
): Held {
  try {
    return heldIn(format, text, variable);
  } catch (error) {
    if (text.includes(tellingPart(from)) || !(error instanceof VarvelError)) throw error;
    return { kind: 'none' };
  }
}

const takenFromElsewhere = (path: string, variable: string) =>
  new VarvelError(
    'conflict',
    `${path} takes ${variable} from another variable or a command, so Varvel can’t tell which key that is.`,
    'Check it by hand.',
  );
