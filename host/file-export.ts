import { unlink } from 'node:fs/promises';
import type { Planned } from '../core/exports/files.ts';
import { type FileFormat, fileFormatNames } from '../core/exports/formats/formats.ts';
import { underName } from '../core/exports/under-name.ts';
import { VarvelError } from '../core/model/error.ts';
import type { Profile } from '../core/model/profile.ts';
import type { Varvel } from '../core/varvel.ts';
import { patchFile, readForPatch } from '../platform/files/patch-file.ts';
import { type GitState, gitState } from '../platform/git/git-state.ts';

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
  /** Writes it, and remembers that. @throws VarvelError as patchFile, `vault_*` */
  write(): Promise<{ path: string; written: boolean }>;
}

export interface ExportRequest {
  profile: Profile;
  /** Null takes the one that the file's name tells. */
  format: string | null;
  /** Null is FAL_KEY, with the profile's host. */
  variable: string | null;
}

/**
 * A file that a profile's key is to be written into, or taken from again.
 * @param file absolute
 * @throws VarvelError `invalid` for what is no file or too large, `not_found` without its folder, `storage_*`
 */
export async function openForExport(varvel: Varvel, file: string) {
  const files = await varvel.exports.files();
  const { path, bytes } = await readForPatch(file, { limit });

  return {
    /** The file itself, where a symbolic link was given. */
    path,
    exists: bytes !== null,

    /** @throws VarvelError `not_found`, `vault_*`, `invalid` for what the format can't carry or the file isn't */
    async plan({ profile, format: wanted, variable: name }: ExportRequest): Promise<PlannedExport> {
      const format = fileFormatNames.find((known) => known === wanted) ?? files.formatOf(file);
      const variables = underName(await varvel.exports.variables(profile), name ?? undefined);
      const [variable = 'FAL_KEY', value = ''] = Object.entries(variables)[0] ?? [];
      const change = (before: Buffer | null) => files.plan(format, textOf(before, path), variables);
      const planned = change(bytes);
      const git = await gitState(path);
      const warnings: string[] = [];
      if (git === 'open')
        warnings.push(`git doesn't ignore ${path}: add it to .gitignore before you commit.`);
      if (git === 'unknown') warnings.push(`git could not be asked whether it would take ${path}.`);
      if (files.timesSet(format, planned.text, variable) > 1)
        warnings.push(
          `${path} sets ${variable} more than once; the last one, which counts, is what is written.`,
        );
      if (
        variable === 'FAL_KEY' &&
        !variables.FAL_HOST &&
        files.timesSet(format, planned.text, 'FAL_HOST') > 0
      )
        warnings.push(
          `${path} also sets FAL_HOST, which profile ${profile.name} does not: check that it fits.`,
        );

      async function write() {
        const where = { path, variable, profile: profile.name, keyId: profile.keyId ?? '', value };
        let record = await files.remember(where, planned, bytes === null);
        let made = planned;
        const neverMade = async () => {
          const last = made.changes.length > 0 ? await files.lastOf(path, variable) : null;
          if (last && last.record.undo === record.undo) await files.forget(last.record, last.undo);
        };
        const { before, written } = await patchFile(
          file,
          (now) => {
            // the same again: a format may have something random in it
            made = same(now, bytes) ? planned : change(now);
            return Buffer.from(made.text, 'latin1');
          },
          { limit },
        ).catch(async (error: unknown) => {
          // what can't be forgotten either is found not to be there, when it is to be taken back
          if ((await exportedText(path)) !== made.text) await neverMade().catch(() => undefined);
          throw error;
        });
        if (!same(before, bytes)) {
          // somebody else wrote it meanwhile: what takes the export back is another then
          await neverMade();
          record = await files.remember(where, made, before === null);
        }
        varvel.exports.log(profile, 'exported', `into ${record.path} as ${variable}`);
        return { path, written };
      }

      return { format, variable, before: textOf(bytes, path), planned, git, warnings, write };
    },

    /**
     * Takes the last export into the file back.
     * @param variable null for the last one of any
     * @throws VarvelError `not_found` when there is none, `conflict` when what was exported has been changed since
     */
    async undo(variable: string | null): Promise<{ variable: string; removed: boolean }> {
      const last = await files.lastOf(path, variable);
      if (!last) throw nothingToTakeBack(path);
      const { record } = last;
      let left = '';
      await patchFile(
        path,
        (now) => {
          const text = now === null ? null : files.takenBack(textOf(now, path), last.undo);
          if (text === null) throw changedSince(path, record.variable);
          left = text;
          return Buffer.from(text, 'latin1');
        },
        { limit, mode: 'keep' },
      );
      const removed = last.undo.made && left === '';
      if (removed) await unlink(path);
      await files.forget(record, last.undo);
      return { variable: record.variable, removed };
    },
  };
}

/** The text of a file that was exported into, latin1. Null for a file that is gone, or is something else by now. */
export async function exportedText(path: string): Promise<string | null> {
  try {
    const { bytes } = await readForPatch(path, { limit });
    return bytes?.toString('latin1') ?? null;
  } catch {
    return null;
  }
}

/** One character for each byte, so that every encoding stays. @throws VarvelError `invalid` for what is no text */
function textOf(bytes: Buffer | null, path: string): string {
  if (bytes === null) return '';
  if (bytes.includes(0)) {
    throw new VarvelError(
      'invalid',
      `${path} is no text file that shells and programs could read (it holds NUL bytes).`,
      'Check that it is the right file; UTF-16 must be saved as UTF-8 first.',
    );
  }
  return bytes.toString('latin1');
}

const same = (one: Buffer | null, other: Buffer | null): boolean =>
  one === other || (one !== null && other !== null && one.equals(other));

/** @throws VarvelError `conflict`: what git has is pushed sooner or later */
export function refuseTracked(path: string): never {
  throw new VarvelError('conflict', `${path} is tracked by git: the key would be in the next commit.`, {
    terminal: 'Export into a file that git ignores, or add --force.',
    window: 'Export into a file that git ignores, or write it all the same.',
  });
}

const nothingToTakeBack = (path: string) =>
  new VarvelError('not_found', `Nothing was exported into ${path} that could be taken back.`, {
    terminal: '`varvel keys show KEY` lists the files that hold a key.',
    window: 'What it holds was not put there from here, or was taken back already.',
  });

const changedSince = (path: string, variable: string) =>
  new VarvelError(
    'conflict',
    `What was exported into ${path} has been changed since; the file was left as it is.`,
    `Change ${variable} there yourself, or export into it again.`,
  );
