import type { ShellFormat } from './format.ts';

/** fish: inside single quotes only the backslash and the single quote are special. */
export const fishQuoted = (value: string): string =>
  `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

export const fish: ShellFormat = {
  set: (name, value) => `set -gx ${name} ${fishQuoted(value)}`,
  unset: (name) => `set -e ${name}`,
};
