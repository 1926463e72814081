import { VarvelError } from '../model/error.ts';
import type { ExportRecord } from '../model/machine/export-record.ts';
import { bytesOfText, textOfBytes } from '../patch/bytes.ts';
import { apply, type Splice } from '../patch/splice.ts';
import type { Ports } from '../ports.ts';
import { largestFile } from './file-export.ts';
import { createExportFiles } from './files.ts';
import { type FileFormat, fileFormatNames, fileFormats } from './formats/formats.ts';

/** A key and its whole text; null when its secret is gone. */
export interface KeyText {
  id: string;
  text: string | null;
}

/**
 * What became of an exported file: `replaced` now or by a process that couldn't record it, `kept` when it had the new key,
 * or `gone` when it holds neither. The record is to be stored; null when it stays.
 */
export type Replaced = { outcome: 'replaced' | 'kept' | 'gone'; record: ExportRecord | null };

/**
 * Puts another key in place of an exported one, and changes nothing else in the file: what was edited by hand since the
 * export stays, and so does the file's mode. Undoing the export still restores what was there before it.
 * @throws VarvelError why the file can't be changed, `vault_*`; the file is then unchanged
 */
export async function replaceExportedKey(
  ports: Pick<Ports, 'state' | 'secrets' | 'clock' | 'files'>,
  record: ExportRecord,
  from: KeyText,
  to: { id: string; text: string },
): Promise<Replaced> {
  const { files } = ports;
  const kept = createExportFiles(ports);
  const format = fileFormatNames.find((known) => known === record.format);
  const before = await textIn(files, record.path);
  if (before === null || !format) return { outcome: 'gone', record: null };
  const held = heldIn(format, before, record, from);
  if (held === to.text && record.keyId === to.id) return { outcome: 'kept', record: null };
  if (held === to.text) return { outcome: 'replaced', record: await kept.withKey(record, to.id, to.text) };
  const isHeld =
    held !== null &&
    (from.text === null
      ? record.keyId === from.id && (await kept.isExported(record, held))
      : held === from.text);
  if (held === null || !isHeld) return { outcome: 'gone', record: null };
  const edit = (text: string): Splice => change(format, text, record.variable, held, to.text);
  const { removed, inserted } = edit(before);
  await kept.widenUndo(record, (text) => text.replace(removed, () => inserted));
  let replaced = true;
  await files.patch(
    record.path,
    (now) => {
      const text = now === null ? null : textOfBytes(now);
      replaced = text !== null && heldIn(format, text, record, from) === held;
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

/** The variable's value; null when the file sets none. @throws VarvelError for a malformed file that still holds the key */
function heldIn(format: FileFormat, text: string, { variable }: ExportRecord, from: KeyText): string | null {
  try {
    return fileFormats[format].find(text, variable).at(-1)?.value ?? null;
  } catch (error) {
    const isThere = from.text === null ? text.includes(from.id) : text.includes(from.text);
    if (isThere || !(error instanceof VarvelError)) throw error;
    return null;
  }
}

/** The file's text, latin1; null when there is no file. @throws VarvelError when it can't be read */
async function textIn(files: Ports['files'], path: string): Promise<string | null> {
  try {
    const { bytes } = await files.read(path, { limit: largestFile });
    return bytes && textOfBytes(bytes);
  } catch (error) {
    // its folder is gone, or something else has its name now
    if (error instanceof VarvelError && ['not_found', 'invalid'].includes(error.code)) return null;
    throw error;
  }
}
