import { VarvelError } from '../model/error.ts';
import { dotenv } from './formats/dotenv.ts';
import { fish } from './formats/fish.ts';
import type { ShellFormat } from './formats/format.ts';
import { posix } from './formats/posix.ts';

export const shells = ['sh', 'bash', 'zsh', 'fish'] as const;
export const fileFormats = ['dotenv', 'json'] as const;
export type Shell = (typeof shells)[number];
export type FileFormat = (typeof fileFormats)[number];
export type ExportFormat = Shell | FileFormat;

const shellFormats: Record<Shell, ShellFormat> = { sh: posix, bash: posix, zsh: posix, fish };

const isShell = (format: ExportFormat): format is Shell => format in shellFormats;

/** Renders variables for a shell to evaluate or a file to hold; ends with a line break. */
export function render(format: ExportFormat, variables: Record<string, string>): string {
  if (format === 'json') return `${JSON.stringify(variables, null, 2)}\n`;
  const line = isShell(format) ? shellFormats[format].set : dotenv;
  return Object.entries(variables)
    .map(([name, value]) => `${line(name, value)}\n`)
    .join('');
}

/** Renders the removal of variables. @throws VarvelError `usage` for a format that can only add */
export function renderUnset(format: ExportFormat, names: string[]): string {
  if (isShell(format)) return names.map((name) => `${shellFormats[format].unset(name)}\n`).join('');
  throw new VarvelError('usage', `--unset makes no sense for ${format}.`, 'Use it with --shell.');
}
