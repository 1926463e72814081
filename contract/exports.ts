import * as z from 'zod/mini';
import { type ExportedFile, exportedFileStates } from '../core/exports/formats/exported-file.ts';
import { fileFormatNames } from '../core/exports/formats/formats.ts';
import { fileChange } from './file-change.ts';
import { method, name, nothing, path, text, textOrNull } from './method.ts';

const fileFormat = z.enum(fileFormatNames);

/** What would come of an export into a file. */
const exportPreview = z.object({
  change: fileChange,
  format: fileFormat,
  variable: text,
  /** What a person should know before it is written. */
  warnings: z.array(text),
  /** Git has the file: the key would be in the next commit; writing it must be forced. */
  tracked: z.boolean(),
});
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

/** Where a profile's key goes; without a format it follows from the file's name, without a variable it is FAL_KEY. */
const exportTo = {
  profile: name,
  file: path,
  format: z.nullable(fileFormat),
  variable: z.nullable(z.string().check(z.minLength(1), z.maxLength(128))),
};

export const exportMethods = {
  /** What the file would become; writes nothing. */
  'exports.plan': method(z.object(exportTo), exportPreview),
  'exports.write': method(
    z.object({ ...exportTo, force: z.boolean() }),
    z.object({ path: text, variable: text, written: z.boolean() }),
  ),
  /** Takes the last export into a file back. */
  'exports.undo': method(
    z.object({ path, variable: textOrNull }),
    z.object({ path: text, removed: z.boolean() }),
  ),
  /** The files that were given a key, each looked at. */
  'exports.list': method(nothing, z.array(exportedFile)),
};
