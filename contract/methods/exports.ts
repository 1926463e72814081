import * as z from 'zod/mini';
import { type ExportedFile, exportedFileStates } from '../../core/exports/formats/exported-file.ts';
import { fileFormatNames } from '../../core/exports/formats/formats.ts';
import { fileChange } from '../file-change.ts';
import { method, name, nothing, path, text, textOrNull } from '../method.ts';

const fileFormat = z.enum(fileFormatNames);

/** What an export would do to a file. */
const exportPreview = z.object({
  change: fileChange,
  format: fileFormat,
  variable: text,
  /** Warnings before writing. */
  warnings: z.array(text),
  /** Git tracks the file: the key would be in the next commit, so writing must be forced. */
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

/** Where a profile's key goes. The default format is from the file's name, the default variable is FAL_KEY. */
const exportTo = {
  profile: name,
  file: path,
  format: z.nullable(fileFormat),
  variable: z.nullable(z.string().check(z.minLength(1), z.maxLength(128))),
};

const lastExport = z.object({ path, variable: textOrNull });

export const exportMethods = {
  /** What the file would become; writes nothing. */
  'exports.plan': method(z.object(exportTo), exportPreview),
  'exports.write': method(
    z.object({ ...exportTo, force: z.boolean() }),
    z.object({ path: text, variable: text, written: z.boolean() }),
  ),
  /** What undoing the last export to a file would do; writes nothing. */
  'exports.planUndo': method(lastExport, fileChange),
  /** Undoes the last export to a file. */
  'exports.undo': method(lastExport, z.object({ path: text, removed: z.boolean() })),
  /** The files that a key was exported to, with their state. */
  'exports.list': method(nothing, z.array(exportedFile)),
};
