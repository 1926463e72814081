import { VarvelError } from '../../model/error.ts';
import type { GitState } from '../../model/machine/git-state.ts';
import type { Profile } from '../../model/profile.ts';
import { bytesOfText, textOfBytes } from '../../patch/bytes.ts';
import type { Ports } from '../../ports.ts';
import { createExportParts, type ExportedProfile, type Part, type PlannedPart } from '../export-parts.ts';
import { changedSince, nothingToUndo, refuseWritten } from '../export-problems.ts';
import { type FileFormat, fileFormatNames } from '../formats/formats.ts';
import { inExportTurn, settleExports } from './export-turn.ts';
import type { ExportFiles, Planned } from './files.ts';
import { largestFile, lookAtFile } from './look.ts';
import { createRecording } from './recording.ts';
import { refuseTracked } from './tracked.ts';

const limit = largestFile;

/** What an export would do to a file. Holds the keys. */
export interface PlannedExports {
  format: FileFormat;
  /** What the file holds; one character for each byte (latin1). */
  before: string;
  planned: Planned;
  git: GitState;
  /** Warnings before writing, except that git tracks the file. */
  warnings: string[];
  /**
   * Writes and records it, with the keys that the profiles have then.
   * @returns the variables that changed, and the ids of the keys that the file has
   * @throws VarvelError as Files.patch, `vault_*`, `conflict` when a profile got another account or host
   */
  write(): Promise<{ path: string; written: boolean; changed: string[]; keyIds: string[] }>;
}

export interface ExportRequest extends ExportedProfile {
  /** Null: decided by the file's name. */
  format: string | null;
}

type LastExport = NonNullable<Awaited<ReturnType<ExportFiles['lastExport']>>>;

/** What exporting into a file needs of the rest of the core. */
export interface ExportParts {
  kept: ExportFiles;
  variables(profile: Profile): Promise<{ FAL_KEY: string; FAL_HOST?: string }>;
  log(profile: Profile, kind: 'exported', detail: string): void;
}

export type ExportTarget = Awaited<ReturnType<typeof openForExport>>;

/**
 * A file to write a profile's key to, or to undo an export in.
 * @param file absolute
 * @throws VarvelError `invalid` for what is no file or too large, `not_found` without its folder, `storage_*`
 */
export async function openForExport(
  ports: Pick<Ports, 'state' | 'secrets' | 'clock' | 'files' | 'git' | 'locks' | 'falConfigPath'>,
  { kept, variables, log }: ExportParts,
  file: string,
) {
  const { state, files, git } = ports;
  const { path, bytes } = await files.read(file, { limit });
  const { read, renewed, followAll } = createExportParts(ports, variables);
  const recording = createRecording(ports, kept, path);

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => inExportTurn(ports, path, work);

  function change(parts: Part[], before: Uint8Array | null, format: FileFormat): PlannedPart[] {
    let text = textOf(before, path);
    return parts.map((part) => {
      const planned = kept.plan(format, text, part.variables);
      text = planned.text;
      return { ...part, planned };
    });
  }

  /**
   * Plans the export of several profiles, each to a variable of its own, in one write.
   * @throws VarvelError `not_found`, `vault_*`, `invalid` for what the format can't carry or the file isn't
   */
  async function planAll(exported: ExportedProfile[], wanted: string | null): Promise<PlannedExports> {
    // an earlier one may still be undone
    await refuseOthersFormat();
    const format = fileFormatNames.find((known) => known === wanted) ?? kept.formatOf(file);
    const first = change(await read(exported), bytes, format);
    const text = textAfter(first);
    const gitState = await git.state(path);
    const warnings: string[] = [];
    if (gitState === 'open')
      warnings.push(`git doesn’t ignore ${path}. Add it to .gitignore before you commit.`);
    if (gitState === 'unknown')
      warnings.push(`Couldn’t check whether git tracks ${path}. Don’t commit the key.`);
    for (const { variable, variables, exported } of first) {
      if (kept.timesSet(format, text, variable) > 1)
        warnings.push(
          `${path} sets ${variable} more than once. Only the last one, which counts, is changed.`,
        );
      if (variable === 'FAL_KEY' && !variables.FAL_HOST && kept.timesSet(format, text, 'FAL_HOST') > 0)
        warnings.push(
          `${path} also sets FAL_HOST, but profile “${exported.profile.name}” has no host. Check that it is right.`,
        );
    }

    async function writeNow() {
      // it may have been added since, while somebody was asked
      if (gitState !== 'tracked' && (await git.state(path)) === 'tracked') refuseTracked(path);
      const parts = await renewed(first);
      const ours = parts === first ? first : change(parts, bytes, format);
      let recorded = await recording.begin(ours, bytes === null);
      if (file !== path) state.exports.link({ link: file, path });
      let made = ours;
      const { before, written } = await files
        .patch(
          path,
          (now) => {
            // unchanged: reuse the plan, since a format may contain something random
            made = same(now, bytes) ? ours : change(parts, now, format);
            return bytesOfText(textAfter(made));
          },
          { limit },
        )
        .catch(async (error: unknown) => {
          // if this fails too, or the file can't be seen, it stays open what the file has
          const seen = await lookAtFile(files, path);
          if (seen.state === 'gone' || (seen.state === 'there' && seen.text !== textAfter(made)))
            await recording.forget(recorded).catch(() => undefined);
          throw error;
        });
      if (!same(before, bytes)) {
        // someone else wrote the file meanwhile, so the undo changes too
        recorded = await recording.instead(recorded, made, before === null);
      }
      for (const { exported, variable } of parts) log(exported.profile, 'exported', `${variable} to ${path}`);
      for (const { record } of recorded) kept.fileWritten(record);
      const changed = recorded.flatMap(({ record, changes }) => (changes ? record.variable : []));
      return { path, written, changed, keyIds: await followAll(path, parts) };
    }

    const changes = first.flatMap(({ planned }) => planned.changes);
    return {
      format,
      before: textOf(bytes, path),
      planned: { format, text, changes },
      git: gitState,
      warnings,
      write: () => inTurn(writeNow),
    };
  }

  return {
    /** With symbolic links resolved. */
    path,
    exists: bytes !== null,

    planAll,

    /** Plans the export of one profile. @throws VarvelError as `planAll` */
    async plan({ profile, variable, format }: ExportRequest) {
      const planned = await planAll([{ profile, variable }], format);
      return { ...planned, variable: variable ?? 'FAL_KEY' };
    },

    /**
     * What undoing the last export would do to the file. Writes nothing.
     * @returns texts with one character per byte (latin1); `after` is null for a file that is removed
     * @throws VarvelError as `undo`
     */
    async planUndo(variable: string | null) {
      const last = await inTurn(() => kept.lastExport(path, variable));
      if (!last) throw nothingToUndo(path);
      const before = textOf(bytes, path);
      const after = bytes === null ? null : kept.withoutExport(before, last.undo);
      if (after === null) throw changedSince(path, last.record.variable);
      const format = fileFormatNames.find((known) => known === last.record.format) ?? null;
      return { format, before, after: last.undo.made && after === '' ? null : after };
    },

    /**
     * Undoes the last export to the file.
     * @param variable null for any variable
     * @throws VarvelError `not_found` when there is none, `conflict` when what was exported has been changed since
     */
    async undo(variable: string | null): Promise<{ variable: string; removed: boolean }> {
      return inTurn(async () => {
        const last = await kept.lastExport(path, variable);
        if (!last) throw nothingToUndo(path);
        return { variable: last.record.variable, removed: await undoExports([last]) };
      });
    },

    /** Undoes the last exports of several variables in one write. @throws VarvelError as `undo` */
    async undoAll(variables: string[]): Promise<{ removed: boolean }> {
      return inTurn(async () => {
        const lasts: LastExport[] = [];
        for (const variable of variables) {
          const last = await kept.lastExport(path, variable);
          if (!last) throw nothingToUndo(path);
          lasts.push(last);
        }
        return { removed: await undoExports(lasts) };
      });
    },
  };

  /** Files with a format of their own, which an exported line would break. */
  async function refuseOthersFormat(): Promise<void> {
    const { falConfigPath } = ports;
    const falClis =
      falConfigPath === null ? null : await files.read(falConfigPath, { limit }).catch(() => null);
    if ([falConfigPath, falClis?.path].includes(path)) throw isFalClis(path);
    if (/[\\/]\.varvel$/.test(path)) throw isPin(path);
  }

  /** Undoes exports, the last one first. Returns whether the file is gone with them. */
  async function undoExports(lasts: LastExport[]): Promise<boolean> {
    // a crash may come before the file has the earlier keys again, or before that is recorded
    for (const { undo } of lasts) if (undo.before) state.exports.doubt(undo.before);
    let left = '';
    await files.patch(
      path,
      (now) => {
        left = lasts.toReversed().reduce(
          (before, { record, undo }) => {
            const text = now === null ? null : kept.withoutExport(before, undo);
            if (text === null) throw changedSince(path, record.variable);
            return text;
          },
          textOf(now, path),
        );
        return bytesOfText(left);
      },
      { limit, mode: 'keep' },
    );
    const removed = left === '' && lasts.some(({ undo }) => undo.made);
    if (removed) await files.remove(path, refuseWritten(path), new Uint8Array());
    for (const { record, undo } of lasts.toReversed()) await kept.forget(record, undo.before);
    await settleExports(ports, path);
    return removed;
  }
}

const isFalClis = (path: string) =>
  new VarvelError(
    'invalid',
    `${path} is the fal CLI’s file, which isn’t an env file.`,
    'Let the fal CLI use the profile, with its key.',
  );

const isPin = (path: string) =>
  new VarvelError(
    'invalid',
    `${path} is a pin, which holds no key.`,
    'Pin the folder to the profile, or use another file.',
  );

const textAfter = (parts: PlannedPart[]): string => parts.at(-1)?.planned.text ?? '';

/** One character per byte, which keeps any encoding. @throws VarvelError `invalid` when it is not text */
function textOf(bytes: Uint8Array | null, path: string): string {
  if (bytes === null) return '';
  if (bytes.includes(0)) {
    throw new VarvelError(
      'invalid',
      `${path} is not a text file (it has NUL bytes).`,
      'Check that it is the right file. If it is UTF-16, save it as UTF-8 first.',
    );
  }
  return textOfBytes(bytes);
}

const same = (one: Uint8Array | null, other: Uint8Array | null): boolean =>
  one === other ||
  (one !== null &&
    other !== null &&
    one.length === other.length &&
    one.every((byte, index) => byte === other[index]));
