import type { ShellFormat } from './format.ts';

/** sh, bash and zsh: inside single quotes nothing is special but the single quote itself. */
const quote = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;

export const posix: ShellFormat = {
  set: (name, value) => `export ${name}=${quote(value)}`,
  unset: (name) => `unset ${name}`,
};
