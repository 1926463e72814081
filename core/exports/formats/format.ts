import type { Splice } from '../../patch/splice.ts';

/**
 * Everything Varvel knows about a file format. Each format is one such object, and a line in the table of `formats.ts`.
 * Texts have one character per byte (latin1), which keeps any encoding. Names and values were checked
 * (see checkVariable).
 */
export interface FormatDefinition {
  /** Its display name. */
  label: string;
  /** What the format is for, in a sentence. */
  readers: string;
  /** The file name of this format: a whole name, or `*` and its end. Null when there is none. */
  fileName: string | null;
  /** A new file. @throws VarvelError `invalid` for a value the format can't hold */
  write(variables: Record<string, string>): string;
  /** Every place that sets the variable, in order; the last one counts. @throws VarvelError `invalid` for a malformed file */
  find(text: string, name: string): Assignment[];
  /**
   * The change that sets a variable and nothing else: in the last place that sets it, or at the end.
   * @throws VarvelError `invalid` for a value the format can't hold, or a malformed file
   */
  merge(text: string, name: string, value: string): Splice;
  /** A line as it is shown on a screen. @param plain the names whose values are shown */
  mask(line: string, plain: readonly string[]): string;
}

/** Where a file sets a variable: only the text from start to end is replaced. */
export interface Assignment {
  start: number;
  end: number;
  /** The value; null when it is unknown, for example the output of a command. */
  value: string | null;
}
