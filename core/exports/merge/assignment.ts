/** Where a file sets a variable: what is between start and end is replaced, all else stays. */
export interface Assignment {
  start: number;
  end: number;
  /** What is read from there; null when it can't be told, as of a command that is run for it. */
  value: string | null;
}

/** How the files of one format hold variables. Texts are one character for each byte (latin1). */
export interface Grammar {
  /** Every place that sets the variable, in order; the last one counts. */
  find(text: string, name: string): Assignment[];
  /** What stands between start and end of an assignment. @throws VarvelError `invalid` */
  line(name: string, value: string): string;
}

/** Where the content begins: some editors put a byte order mark before it. */
export const bomOf = (text: string): string => (text.startsWith('\xef\xbb\xbf') ? '\xef\xbb\xbf' : '');

/** Where a line ends, without its line break. */
export function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  if (end < 0) return text.length;
  return end > from && text[end - 1] === '\r' ? end - 1 : end;
}

/** Where the next line begins. */
export function nextLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}
