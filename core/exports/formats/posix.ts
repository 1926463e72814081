import type { ShellFormat } from './format.ts';

/** sh, dash, busybox, ksh, mksh, bash, zsh: inside single quotes nothing is special but the single quote itself. */
export const posixQuoted = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;

export const posix: ShellFormat = {
  set: (name, value) => `export ${name}=${posixQuoted(value)}`,
  unset: (name) => `unset ${name}`,
};
