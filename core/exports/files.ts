import * as z from 'zod/mini';
import type { ExportRecord } from '../model/export-record.ts';
import { apply, type Splice, spliceSchema, takeBack } from '../patch/splice.ts';
import type { Ports } from '../ports.ts';
import { secretName } from '../ports.ts';
import type { ExportedFile } from './formats/exported-file.ts';
import { type FileFormat, fileFormatNames, fileFormats, formatOf } from './formats/formats.ts';
import { merge, valueIn } from './merge.ts';

/** What is written into a file. */
export interface Planned {
  format: FileFormat;
  /** What the file shall hold; one character for each byte (latin1), as what it held. */
  text: string;
  /** Each change, in the order in which they are made. */
  changes: { variable: string; before: string | null | undefined; splice: Splice }[];
}

/** The text of a file, latin1; null when there is none or it can't be read. */
export type ReadText = (path: string) => Promise<string | null>;

/** What an export leaves in the vault, as it may hold keys. */
interface Undo {
  /** The file was made by the export. */
  made: boolean;
  splices: Splice[];
  /** What was remembered of the variable before. */
  before: ExportRecord | null;
}

export type ExportFiles = ReturnType<typeof createExportFiles>;

/** Keys in files: merged into what is there, remembered by a salted hash, and taken back from the vault. */
export function createExportFiles({ state, secrets, clock }: Pick<Ports, 'state' | 'secrets' | 'clock'>) {
  const { exports, profiles } = state;

  const readUndo = async (record: ExportRecord): Promise<Undo | null> => {
    const text = record.undo === null ? null : await secrets.get(secretName.undo(record.undo));
    return text === null ? null : decodeUndo(text);
  };

  async function lookAt(record: ExportRecord, read: ReadText): Promise<ExportedFile> {
    const { path, variable, profile, keyId, salt, hash, at } = record;
    const format = fileFormatNames.find((known) => known === record.format) ?? null;
    const text = await read(path);
    const value = text !== null && format ? valueHeld(format, text, variable) : null;
    const holds = value !== null && (await hashOf(salt, value)) === hash;
    const current = profiles.get(profile)?.keyId === keyId;
    const state = !holds ? 'gone' : current ? 'fresh' : 'stale';
    return { path, format, variable, profile, keyId, state, at, undoable: record.undo !== null };
  }

  return {
    formatOf,

    /** How often a text sets a variable; the last place counts. */
    timesSet: (format: FileFormat, text: string, variable: string): number =>
      fileFormats[format].find(text, variable).length,

    /** What a file would hold. @throws VarvelError `invalid` for what can't be carried or understood */
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
     * Remembers an export, before the file is written: after a crash in between, the file is looked at and found not to
     * hold the key, rather than hold one that nobody knows of.
     */
    async remember(
      where: { path: string; variable: string; profile: string; keyId: string; value: string },
      { format, changes }: Planned,
      made: boolean,
    ): Promise<ExportRecord> {
      const { value, ...rest } = where;
      const before = exports.ofFile(where.path).find(({ variable }) => variable === where.variable) ?? null;
      const salt = randomHex();
      const record: ExportRecord = {
        ...rest,
        format,
        salt,
        hash: await hashOf(salt, value),
        undo: changes.length === 0 ? (before?.undo ?? null) : crypto.randomUUID(),
        at: clock.now(),
      };
      if (changes.length > 0 && record.undo !== null) {
        const undo: Undo = { made, splices: changes.map(({ splice }) => splice), before };
        await secrets.set(secretName.undo(record.undo), JSON.stringify(undo));
      }
      exports.put(record);
      return record;
    },

    /** What was last exported into a file; null when nothing was, or it can't be taken back. */
    async lastOf(
      path: string,
      variable: string | null,
    ): Promise<{ record: ExportRecord; undo: Undo } | null> {
      const record = exports
        .ofFile(path)
        .find((known) => known.undo !== null && (variable === null || known.variable === variable));
      const undo = record && (await readUndo(record));
      return record && undo ? { record, undo } : null;
    },

    /** A file's text without what an export put there; null when that was changed since. */
    takenBack: (text: string, { splices }: Undo): string | null => takeBack(text, splices, 'anywhere'),

    /** Forgets an export that was taken back, or never made; the one before it is the last one again. */
    async forget(record: ExportRecord, { before }: Undo): Promise<void> {
      if (before) exports.put(before);
      else exports.remove(record.path, record.variable);
      if (record.undo !== null) await secrets.delete(secretName.undo(record.undo));
    },

    /** The files that were given a key, and whether they hold it still; with null, those of all keys. */
    async whereUsed(keyId: string | null, read: ReadText): Promise<ExportedFile[]> {
      const found: ExportedFile[] = [];
      // one after the other: there may be more of them than files that a process may have open
      for (const record of keyId === null ? exports.all() : exports.withKey(keyId))
        found.push(await lookAt(record, read));
      return found;
    },
  };
}

/** A file that became malformed holds no value that could be told. */
function valueHeld(format: FileFormat, text: string, variable: string): string | null {
  try {
    return valueIn(format, text, variable) ?? null;
  } catch {
    return null;
  }
}

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const randomHex = (): string => hex(crypto.getRandomValues(new Uint8Array(16)));

const hashOf = async (salt: string, value: string): Promise<string> =>
  hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${salt}:${value}`))));

const undoSchema = z.object({
  made: z.boolean(),
  splices: z.array(spliceSchema),
  before: z.nullable(
    z.object({
      path: z.string(),
      variable: z.string(),
      format: z.string(),
      profile: z.string(),
      keyId: z.string(),
      salt: z.string(),
      hash: z.string(),
      undo: z.nullable(z.string()),
      at: z.number(),
    }),
  ),
});

function decodeUndo(text: string): Undo | null {
  try {
    return undoSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
