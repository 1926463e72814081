import type { ShellFormat } from './format.ts';

/** PowerShell (about_Quoting_Rules): inside single quotes only the single quote is special, and is doubled. */
export const pwshQuoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

export const pwsh: ShellFormat = {
  set: (name, value) => `$env:${name} = ${pwshQuoted(value)}`,
  unset: (name) => `Remove-Item Env:${name} -ErrorAction SilentlyContinue`,
};
