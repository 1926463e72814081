import type { ShellFormat } from './format.ts';

/** fish: inside single quotes only the backslash and the single quote are special. */
const quote = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

export const fish: ShellFormat = {
  set: (name, value) => `set -gx ${name} ${quote(value)}`,
  unset: (name) => `set -e ${name}`,
};
