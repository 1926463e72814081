import * as z from 'zod/mini';
import type { ExportedFile } from '../../core/exports/formats/exported-file.ts';
import { fileFormatNames } from '../../core/exports/formats/formats.ts';
import { exportedFileStates } from '../../core/model/machine/export-record.ts';
import {
  type GithubSecretView,
  type GithubTarget,
  githubSecretStates,
} from '../../core/model/machine/github-secret.ts';
import { fileChange } from '../file-change.ts';
import { method, name, nothing, path, text, textOrNull } from '../method.ts';

const fileFormat = z.enum(fileFormatNames);

/** What an export of several profiles would do to a file. */
const exportsPreview = {
  change: fileChange,
  format: fileFormat,
  /** Warnings before writing. */
  warnings: z.array(text),
  /** Git tracks the file: the key would be in the next commit, so writing must be forced. */
  tracked: z.boolean(),
};
const exportPreview = z.object({ ...exportsPreview, variable: text });
export type ExportPreview = z.infer<typeof exportPreview>;

const exportedFile = z.object({
  path: text,
  format: z.nullable(fileFormat),
  variable: text,
  profile: text,
  keyId: text,
  state: z.enum(exportedFileStates),
  at: z.number(),
  undoable: z.boolean(),
}) satisfies z.ZodMiniType<ExportedFile>;

const githubNames = { repository: text, environment: textOrNull, variable: text };
export const githubTarget = z.object(githubNames) satisfies z.ZodMiniType<GithubTarget>;
const githubSecret = z.object({
  ...githubNames,
  profile: text,
  keyId: text,
  at: z.number(),
  state: z.enum(githubSecretStates),
}) satisfies z.ZodMiniType<GithubSecretView>;

const variable = z.string().check(z.minLength(1), z.maxLength(128));

/** Where keys go. The default format is from the file's name. */
const destination = { file: path, format: z.nullable(fileFormat) };

/** Where a profile's key goes. The default variable is FAL_KEY. */
const exportTo = { ...destination, profile: name, variable: z.nullable(variable) };

/** Where the keys of several profiles go, each to a variable of its own. */
const exportAllTo = {
  ...destination,
  profiles: z.array(z.object({ profile: name, variable })).check(z.minLength(1), z.maxLength(1000)),
};

const githubAsked = {
  repository: z.string().check(z.minLength(1), z.maxLength(300)),
  environment: z.nullable(z.string().check(z.minLength(1), z.maxLength(255))),
  variable,
};

const lastExport = z.object({ path, variable: textOrNull });

export const exportMethods = {
  /** What the file would become; writes nothing. */
  'exports.plan': method(z.object(exportTo), exportPreview),
  'exports.write': method(
    z.object({ ...exportTo, force: z.boolean() }),
    z.object({ path: text, variable: text, written: z.boolean() }),
  ),
  /** What the file would become with several profiles; writes nothing. */
  'exports.planAll': method(z.object(exportAllTo), z.object(exportsPreview)),
  /** Writes them in one go. Answers which variables changed. */
  'exports.writeAll': method(
    z.object({ ...exportAllTo, force: z.boolean() }),
    z.object({ path: text, changed: z.array(text) }),
  ),
  /** What undoing the last export to a file would do; writes nothing. */
  'exports.planUndo': method(lastExport, fileChange),
  /** Undoes the last export to a file. */
  'exports.undo': method(lastExport, z.object({ path: text, removed: z.boolean() })),
  /** Undoes the last exports of several variables to a file in one go. */
  'exports.undoAll': method(
    z.object({ path, variables: z.array(variable).check(z.minLength(1), z.maxLength(1000)) }),
    z.object({ path: text, removed: z.boolean() }),
  ),
  /** The GitHub Actions secrets that keys were exported to. */
  'exports.github': method(nothing, z.array(githubSecret)),
  /** Sets a GitHub Actions secret to a profile's key, through GitHub's own program. */
  'exports.writeGithub': method(z.object({ profile: name, ...githubAsked }), githubTarget),
  /** Deletes one that was set. */
  'exports.removeGithub': method(z.object(githubAsked), nothing),
  /** The files that a key was exported to, with their state. */
  'exports.list': method(nothing, z.array(exportedFile)),
};
