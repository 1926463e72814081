import { isNotWritable } from '../../model/error.ts';
import type { ExportRecord } from '../../model/machine/export-record.ts';
import { apply, type Splice, takeBack } from '../../patch/splice.ts';
import type { Ports } from '../../ports.ts';
import { secretName } from '../../ports.ts';
import type { ExportedFile } from '../formats/exported-file.ts';
import { type FileFormat, fileFormats, formatOf } from '../formats/formats.ts';
import { renewedUndo } from '../rotated/renew-undos.ts';
import { rotatedKeysIn } from '../rotated/rotated-keys.ts';
import { recordLinks } from './links.ts';
import { lookAtFile } from './look.ts';
import { merge, valueIn } from './merge.ts';
import { isHashOf, saltedHash } from './salted-hash.ts';
import { formatOfRecord, stateIn } from './state-in.ts';
import { readUndo, readUndoHere, type Undo, widened, writeUndo } from './undo.ts';

/** What an export writes to a file. */
export interface Planned {
  format: FileFormat;
  /** The file's new text; one character per byte (latin1). */
  text: string;
  /** The changes, in order. */
  changes: { variable: string; before: string | null | undefined; splice: Splice }[];
}

export type ExportFiles = ReturnType<typeof createExportFiles>;

/** Keys in files: merges them in, records them by a salted hash, and undoes them from the vault. */
export function createExportFiles({
  state,
  secrets,
  clock,
  files,
}: Pick<Ports, 'state' | 'secrets' | 'clock' | 'files'>) {
  const { exports, profiles } = state;

  const recordOf = (path: string, variable: string): ExportRecord | null =>
    exports.ofFile(path).find((known) => known.variable === variable) ?? null;

  const dropUndo = async ({ undo }: ExportRecord): Promise<void> => {
    if (undo !== null) await secrets.delete(secretName.undo(undo));
  };

  async function lookAt(record: ExportRecord): Promise<ExportedFile> {
    const { path, variable, profile, keyId, at } = record;
    const has = await stateIn(await lookAtFile(files, path), record);
    const current = profiles.get(profile)?.keyId === keyId;
    const state = has !== 'held' ? has : current ? 'fresh' : 'stale';
    const format = formatOfRecord(record);
    return { path, format, variable, profile, keyId, state, at, undoable: record.undo !== null };
  }

  return {
    formatOf,

    /** How often a text sets a variable; the last one counts. */
    timesSet: (format: FileFormat, text: string, variable: string): number =>
      fileFormats[format].find(text, variable).length,

    /** What a file would become. @throws VarvelError `invalid` for a value the format can't hold, or a malformed file */
    plan(format: FileFormat, text: string, variables: Record<string, string>): Planned {
      const planned: Planned = { format, text, changes: [] };
      for (const [variable, value] of Object.entries(variables)) {
        const before = valueIn(format, planned.text, variable);
        if (before === value) continue;
        const splice = merge(format, planned.text, variable, value);
        planned.text = apply(planned.text, splice);
        planned.changes.push({ variable, before, splice });
      }
      return planned;
    },

    /**
     * Records an export before the file is written. After a crash in between, the file may have either: the new key, or
     * that of the record before it.
     */
    async remember(
      where: { path: string; variable: string; profile: string; keyId: string; value: string },
      { format, changes }: Planned,
      made: boolean,
      before: ExportRecord | null,
    ): Promise<ExportRecord> {
      const { value, ...rest } = where;
      const record: ExportRecord = {
        ...rest,
        format,
        ...(await saltedHash(value)),
        undo: changes.length === 0 ? (before?.undo ?? null) : crypto.randomUUID(),
        at: clock.now(),
      };
      if (changes.length > 0 && record.undo !== null) {
        const undo: Undo = { made, splices: changes.map(({ splice }) => splice), before };
        await writeUndo(secrets, record.undo, undo);
      }
      state.transaction(() => {
        exports.put(record);
        if (before && before.keyId !== record.keyId) exports.doubt(before);
      });
      return record;
    },

    /** The record of a variable in a file. */
    recordOf,

    /**
     * The file has what its record says. It counts as changed once more: a window that heard of it by `remember` may have
     * looked at the file too early.
     */
    fileWritten({ path, variable, salt }: ExportRecord): void {
      try {
        state.transaction(() => {
          const record = recordOf(path, variable);
          if (record?.salt !== salt) return;
          exports.put(record);
          exports.settle(path, variable);
        });
      } catch (error) {
        if (!isNotWritable(error)) throw error;
      }
    },

    /**
     * The last export to a file that can be undone; null when there is none. The undo has no key that was rotated since.
     * @throws VarvelError `vault_*`, `not_found` without the newest key
     */
    async lastExport(
      path: string,
      variable: string | null,
    ): Promise<{ record: ExportRecord; undo: Undo } | null> {
      const record = exports
        .ofFile(path)
        .find((known) => known.undo !== null && (variable === null || known.variable === variable));
      let undo = record ? await readUndo(secrets, record.undo) : null;
      if (!record || !undo) return null;
      const restored = [undo.splices, ...(undo.others ?? [])].flat().map(({ removed }) => removed);
      for (const { from, to } of await rotatedKeysIn({ state, secrets }, restored))
        undo = await renewedUndo(undo, from, to);
      return { record, undo };
    },

    /** The text without an export; null when it changed since. */
    withoutExport(text: string, { splices, others = [] }: Undo): string | null {
      for (const way of [splices, ...others]) {
        const left = takeBack(text, way, 'anywhere');
        if (left !== null) return left;
      }
      return null;
    },

    /**
     * Makes the undo of an export fit both keys, before a rotation replaces one by the other in the file.
     * @param change the same change in a text that the export inserted
     */
    async widenUndo(record: ExportRecord, change: (inserted: string) => string): Promise<void> {
      const undo = await readUndoHere(secrets, record.undo);
      if (undo === null || undo === 'damaged' || record.undo === null) return;
      const wider = widened(undo, change);
      if (JSON.stringify(wider) !== JSON.stringify(undo)) await writeUndo(secrets, record.undo, wider);
    },

    /** The record of a variable after a rotation put another key in its place; everything else stays. */
    async withKey(record: ExportRecord, keyId: string, value: string): Promise<ExportRecord> {
      return { ...record, keyId, ...(await saltedHash(value)) };
    },

    /** Whether a value is the one that was exported. */
    isExported: isHashOf,

    /** Forgets an export that was undone or never written; the previous one becomes the last again. */
    async forget(record: ExportRecord, before: ExportRecord | null): Promise<void> {
      if (before) exports.put(before);
      else exports.remove(record.path, record.variable);
      await dropUndo(record);
    },

    dropUndo,

    /** The files that were given a key, and whether they hold it still; with null, those of all keys. */
    async whereUsed(keyId: string | null): Promise<ExportedFile[]> {
      const found = new Map<string, ExportedFile>();
      await recordLinks({ state, files }, null);
      // one at a time: there may be more files than a process can have open
      for (const record of keyId === null ? exports.all() : exports.withKey(keyId))
        found.set(placeOf(record), await lookAt(record));
      for (const doubt of exports.doubts()) {
        const known = found.get(placeOf(doubt));
        if ((keyId !== null && doubt.keyId !== keyId) || (known && known.state !== 'gone')) continue;
        const seen = await lookAt(doubt);
        if (seen.state !== 'gone') found.set(placeOf(doubt), seen);
      }
      return [...found.values()];
    },
  };
}

const placeOf = ({ path, variable }: ExportRecord): string => `${variable} ${path}`;
