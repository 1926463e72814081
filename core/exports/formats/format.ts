/** How one shell sets and removes an exported variable. Values hold printable ASCII only (see parseKey). */
export interface ShellFormat {
  set(name: string, value: string): string;
  unset(name: string): string;
}
