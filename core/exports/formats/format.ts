import type { Splice } from '../../patch/splice.ts';

/**
 * All that Varvel knows of a file format. Each format is one such object, and a line in the table of `formats.ts`.
 * Texts are one character for each byte (latin1), so that any encoding stays as it is; names and values were checked
 * (see checkVariable).
 */
export interface FormatDefinition {
  /** What people call it. */
  label: string;
  /** Who reads such files, in a sentence. */
  readers: string;
  /** The name that tells it: the whole of one, or with a `*` before it, its end. Null when none does. */
  fileName: string | null;
  /** A new file. @throws VarvelError `invalid` for what its readers can't carry */
  write(variables: Record<string, string>): string;
  /** Every place that sets the variable, in order; the last one counts. @throws VarvelError `invalid` for a malformed file */
  find(text: string, name: string): Assignment[];
  /**
   * What sets a variable and changes nothing else: in the last place that sets it, or at the end.
   * @throws VarvelError `invalid` for what its readers can't carry, or a file that can't be understood
   */
  merge(text: string, name: string, value: string): Splice;
  /** A line as a person may see it on a screen. @param plain the names whose values are shown */
  mask(line: string, plain: readonly string[]): string;
}

/** Where a file sets a variable: what is between start and end is replaced, all else stays. */
export interface Assignment {
  start: number;
  end: number;
  /** What is read from there; null when it can't be told, as of a command that is run for it. */
  value: string | null;
}
