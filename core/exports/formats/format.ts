/** How one shell sets and removes an exported variable. Values hold printable ASCII only (see parseKey). */
export interface ShellFormat {
  /** @throws VarvelError `invalid` for a value that the shell has no way to write */
  set(name: string, value: string): string;
  unset(name: string): string;
}

/**
 * One variable as a file holds it, without the line break at its end.
 * @throws VarvelError `invalid` for a value or a name that the file's readers can't carry
 */
export type FileLine = (name: string, value: string) => string;
