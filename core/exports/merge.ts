import type { Splice } from '../patch/splice.ts';
import { type FileFormat, fileFormats } from './formats/formats.ts';
import { checkVariable } from './variable.ts';

/** What a file gives a variable; undefined when it doesn't set it, null when that can't be told. */
export const valueIn = (format: FileFormat, text: string, name: string): string | null | undefined =>
  fileFormats[format].find(text, name).at(-1)?.value;

/**
 * What sets a variable in a file and changes nothing else: the last place that sets it, or a line at the end.
 * @param text one character for each byte (latin1), so that any encoding stays as it is
 * @throws VarvelError `invalid` for a value that the format can't carry, or a file that can't be understood
 */
export function merge(format: FileFormat, text: string, name: string, value: string): Splice {
  checkVariable(name, value);
  return fileFormats[format].merge(text, name, value);
}
