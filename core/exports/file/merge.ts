import type { Splice } from '../../patch/splice.ts';
import { type FileFormat, fileFormats } from '../formats/formats.ts';
import { checkVariable } from '../variable.ts';

/** A variable's value in a file; undefined when the file doesn't set it, null when the value is unknown. */
export const valueIn = (format: FileFormat, text: string, name: string): string | null | undefined =>
  fileFormats[format].find(text, name).at(-1)?.value;

/**
 * The change that sets a variable in a file and nothing else: in the last place that sets it, or at the end.
 * @param text one character per byte (latin1), which keeps any encoding
 * @throws VarvelError `invalid` for a value that the format can't hold, or a malformed file
 */
export function merge(format: FileFormat, text: string, name: string, value: string): Splice {
  checkVariable(name, value);
  return fileFormats[format].merge(text, name, value);
}
