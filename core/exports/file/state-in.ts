import type { ExportRecord } from '../../model/machine/export-record.ts';
import { type FileFormat, fileFormatNames } from '../formats/formats.ts';
import { heldBy, type Seen } from './look.ts';
import { isHashOf } from './salted-hash.ts';

/** A record's format; null when only a newer version knows it. */
export const formatOfRecord = ({ format }: ExportRecord): FileFormat | null =>
  fileFormatNames.find((known) => known === format) ?? null;

/** Whether a file that was looked at has the value of a record; unknown when that can't be told. */
export async function stateIn(seen: Seen, record: ExportRecord): Promise<'held' | 'gone' | 'unknown'> {
  const held = heldBy(seen, formatOfRecord(record), record.variable);
  if (held.kind === 'unknown') return 'unknown';
  return held.kind === 'value' && (await isHashOf(record, held.value)) ? 'held' : 'gone';
}
