import { VarvelError } from '../model/error.ts';
import type { Profile } from '../model/profile.ts';
import { bytesOfText, textOfBytes } from '../patch/bytes.ts';
import type { GitState, Ports } from '../ports.ts';
import type { ExportFiles, Planned } from './files.ts';
import { type FileFormat, fileFormatNames } from './formats/formats.ts';
import { underName } from './under-name.ts';

/** The largest file to merge into, in bytes. */
const limit = 10 * 1024 * 1024;

/** What an export would do to a file. Holds the key. */
export interface PlannedExport {
  format: FileFormat;
  variable: string;
  /** What the file holds; one character for each byte (latin1). */
  before: string;
  planned: Planned;
  git: GitState;
  /** Warnings before writing, except that git tracks the file. */
  warnings: string[];
  /** Writes and records it. @throws VarvelError as Files.patch, `vault_*` */
  write(): Promise<{ path: string; written: boolean }>;
}

export interface ExportRequest {
  profile: Profile;
  /** Null: decided by the file's name. */
  format: string | null;
  /** Null is FAL_KEY, with the profile's host. */
  variable: string | null;
}

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
  { files, git }: Pick<Ports, 'files' | 'git'>,
  { kept, variables: variablesOf, log }: ExportParts,
  file: string,
) {
  const { path, bytes } = await files.read(file, { limit });

  return {
    /** With symbolic links resolved. */
    path,
    exists: bytes !== null,

    /** @throws VarvelError `not_found`, `vault_*`, `invalid` for what the format can't carry or the file isn't */
    async plan({ profile, format: wanted, variable: name }: ExportRequest): Promise<PlannedExport> {
      const format = fileFormatNames.find((known) => known === wanted) ?? kept.formatOf(file);
      const variables = underName(await variablesOf(profile), name ?? undefined);
      const [variable = 'FAL_KEY', value = ''] = Object.entries(variables)[0] ?? [];
      const change = (before: Uint8Array | null) => kept.plan(format, textOf(before, path), variables);
      const planned = change(bytes);
      const gitState = await git.state(path);
      const warnings: string[] = [];
      if (gitState === 'open')
        warnings.push(`git doesn’t ignore ${path}. Add it to .gitignore before you commit.`);
      if (gitState === 'unknown')
        warnings.push(`Couldn’t check whether git tracks ${path}. Don’t commit the key.`);
      if (kept.timesSet(format, planned.text, variable) > 1)
        warnings.push(
          `${path} sets ${variable} more than once. Only the last one, which counts, is changed.`,
        );
      if (
        variable === 'FAL_KEY' &&
        !variables.FAL_HOST &&
        kept.timesSet(format, planned.text, 'FAL_HOST') > 0
      )
        warnings.push(
          `${path} also sets FAL_HOST, but profile “${profile.name}” has no host. Check that it is right.`,
        );

      async function write() {
        const where = { path, variable, profile: profile.name, keyId: profile.keyId ?? '', value };
        let record = await kept.remember(where, planned, bytes === null);
        let made = planned;
        const forgetUnwritten = async () => {
          const last = made.changes.length > 0 ? await kept.lastExport(path, variable) : null;
          if (last && last.record.undo === record.undo) await kept.forget(last.record, last.undo);
        };
        const { before, written } = await files
          .patch(
            file,
            (now) => {
              // unchanged: reuse the plan, since a format may contain something random
              made = same(now, bytes) ? planned : change(now);
              return bytesOfText(made.text);
            },
            { limit },
          )
          .catch(async (error: unknown) => {
            // if this fails too, a later undo finds that the export isn't there
            if ((await exportedText(files, path)) !== made.text)
              await forgetUnwritten().catch(() => undefined);
            throw error;
          });
        if (!same(before, bytes)) {
          // someone else wrote the file meanwhile, so the undo changes too
          await forgetUnwritten();
          record = await kept.remember(where, made, before === null);
        }
        log(profile, 'exported', `${variable} to ${record.path}`);
        kept.fileWritten(record);
        return { path, written };
      }

      return { format, variable, before: textOf(bytes, path), planned, git: gitState, warnings, write };
    },

    /**
     * What undoing the last export would do to the file. Writes nothing.
     * @returns texts with one character per byte (latin1); `after` is null for a file that is removed
     * @throws VarvelError as `undo`
     */
    async planUndo(variable: string | null) {
      const last = await kept.lastExport(path, variable);
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
      const last = await kept.lastExport(path, variable);
      if (!last) throw nothingToUndo(path);
      const { record } = last;
      let left = '';
      await files.patch(
        path,
        (now) => {
          const text = now === null ? null : kept.withoutExport(textOf(now, path), last.undo);
          if (text === null) throw changedSince(path, record.variable);
          left = text;
          return bytesOfText(text);
        },
        { limit, mode: 'keep' },
      );
      const removed = last.undo.made && left === '';
      if (removed) await files.remove(path, refuseWritten(path), new Uint8Array());
      await kept.forget(record, last.undo);
      return { variable: record.variable, removed };
    },
  };
}

/** An exported file's text, latin1. Null when the file is gone or no longer a file. */
export async function exportedText(files: Ports['files'], path: string): Promise<string | null> {
  try {
    const { bytes } = await files.read(path, { limit });
    return bytes && textOfBytes(bytes);
  } catch {
    return null;
  }
}

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

/** Stops the removal of a file that was written since it was emptied. */
const refuseWritten = (path: string) => (bytes: Uint8Array) => {
  if (bytes.length > 0)
    throw new VarvelError(
      'conflict',
      `Another program wrote ${path}, so it was kept.`,
      'Delete the file if you don’t need it.',
    );
};

const nothingToUndo = (path: string) =>
  new VarvelError('not_found', `No export to ${path} can be undone.`, {
    action: 'find_exports',
  });

const changedSince = (path: string, variable: string) =>
  new VarvelError(
    'conflict',
    `${path} changed since the export. The file was left as it is.`,
    `Edit ${variable} in the file, or export to it again.`,
  );
