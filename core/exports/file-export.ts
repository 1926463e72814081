import { VarvelError } from '../model/error.ts';
import type { Profile } from '../model/profile.ts';
import { bytesOfText, textOfBytes } from '../patch/bytes.ts';
import type { GitState, Ports } from '../ports.ts';
import type { ExportFiles, Planned } from './files.ts';
import { type FileFormat, fileFormatNames } from './formats/formats.ts';
import { underName } from './under-name.ts';

/** The largest file that is merged into, in bytes. */
const limit = 10 * 1024 * 1024;

/** What an export would do to a file. It holds the key. */
export interface PlannedExport {
  format: FileFormat;
  variable: string;
  /** What the file holds; one character for each byte (latin1). */
  before: string;
  planned: Planned;
  git: GitState;
  /** What a person should know before it is written; that git has the file is none of them. */
  warnings: string[];
  /** Writes it, and remembers that. @throws VarvelError as Files.patch, `vault_*` */
  write(): Promise<{ path: string; written: boolean }>;
}

export interface ExportRequest {
  profile: Profile;
  /** Null takes the one that the file's name tells. */
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
 * A file that a profile's key is to be written into, or taken from again.
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
    /** The file itself, where a symbolic link was given. */
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
        warnings.push(`git doesn't ignore ${path}: add it to .gitignore before you commit.`);
      if (gitState === 'unknown') warnings.push(`git could not be asked whether it would take ${path}.`);
      if (kept.timesSet(format, planned.text, variable) > 1)
        warnings.push(
          `${path} sets ${variable} more than once; the last one, which counts, is what is written.`,
        );
      if (
        variable === 'FAL_KEY' &&
        !variables.FAL_HOST &&
        kept.timesSet(format, planned.text, 'FAL_HOST') > 0
      )
        warnings.push(
          `${path} also sets FAL_HOST, which profile ${profile.name} does not: check that it fits.`,
        );

      async function write() {
        const where = { path, variable, profile: profile.name, keyId: profile.keyId ?? '', value };
        let record = await kept.remember(where, planned, bytes === null);
        let made = planned;
        const neverMade = async () => {
          const last = made.changes.length > 0 ? await kept.lastOf(path, variable) : null;
          if (last && last.record.undo === record.undo) await kept.forget(last.record, last.undo);
        };
        const { before, written } = await files
          .patch(
            file,
            (now) => {
              // the same again: a format may have something random in it
              made = same(now, bytes) ? planned : change(now);
              return bytesOfText(made.text);
            },
            { limit },
          )
          .catch(async (error: unknown) => {
            // what can't be forgotten either is found not to be there, when it is to be taken back
            if ((await exportedText(files, path)) !== made.text) await neverMade().catch(() => undefined);
            throw error;
          });
        if (!same(before, bytes)) {
          // somebody else wrote it meanwhile: what takes the export back is another then
          await neverMade();
          record = await kept.remember(where, made, before === null);
        }
        log(profile, 'exported', `into ${record.path} as ${variable}`);
        return { path, written };
      }

      return { format, variable, before: textOf(bytes, path), planned, git: gitState, warnings, write };
    },

    /**
     * Takes the last export into the file back.
     * @param variable null for the last one of any
     * @throws VarvelError `not_found` when there is none, `conflict` when what was exported has been changed since
     */
    async undo(variable: string | null): Promise<{ variable: string; removed: boolean }> {
      const last = await kept.lastOf(path, variable);
      if (!last) throw nothingToTakeBack(path);
      const { record } = last;
      let left = '';
      await files.patch(
        path,
        (now) => {
          const text = now === null ? null : kept.takenBack(textOf(now, path), last.undo);
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

/** The text of a file that was exported into, latin1. Null for a file that is gone, or is something else by now. */
export async function exportedText(files: Ports['files'], path: string): Promise<string | null> {
  try {
    const { bytes } = await files.read(path, { limit });
    return bytes && textOfBytes(bytes);
  } catch {
    return null;
  }
}

/** One character for each byte, so that every encoding stays. @throws VarvelError `invalid` for what is no text */
function textOf(bytes: Uint8Array | null, path: string): string {
  if (bytes === null) return '';
  if (bytes.includes(0)) {
    throw new VarvelError(
      'invalid',
      `${path} is no text file that shells and programs could read (it holds NUL bytes).`,
      'Check that it is the right file; UTF-16 must be saved as UTF-8 first.',
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

/** Stops the removal of a file that somebody has written into since it was emptied. */
const refuseWritten = (path: string) => (bytes: Uint8Array) => {
  if (bytes.length > 0)
    throw new VarvelError(
      'conflict',
      `${path} was written by another program, so it stays.`,
      'Delete it yourself if it is not needed.',
    );
};

const nothingToTakeBack = (path: string) =>
  new VarvelError('not_found', `Nothing was exported into ${path} that could be taken back.`, {
    action: 'find_exports',
  });

const changedSince = (path: string, variable: string) =>
  new VarvelError(
    'conflict',
    `What was exported into ${path} has been changed since; the file was left as it is.`,
    `Change ${variable} there yourself, or export into it again.`,
  );
