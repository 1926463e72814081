import { VarvelError } from '../model/error.ts';
import { cmd } from './formats/cmd.ts';
import { docker } from './formats/docker.ts';
import { dotenv } from './formats/dotenv.ts';
import { envrc } from './formats/envrc.ts';
import { fish } from './formats/fish.ts';
import type { FileLine, ShellFormat } from './formats/format.ts';
import { github } from './formats/github.ts';
import { nu } from './formats/nu.ts';
import { posix } from './formats/posix.ts';
import { pwsh } from './formats/pwsh.ts';
import { systemd } from './formats/systemd.ts';
import { tcsh } from './formats/tcsh.ts';

export const shells = ['sh', 'bash', 'zsh', 'fish', 'tcsh', 'pwsh', 'cmd', 'nu'] as const;
export const fileFormats = ['dotenv', 'envrc', 'docker', 'systemd', 'github', 'json'] as const;
export type Shell = (typeof shells)[number];
export type FileFormat = (typeof fileFormats)[number];
export type ExportFormat = Shell | FileFormat;

/** The shell that a program's path names; what is none of them counts as sh. */
export function shellOf(program: string | undefined): Shell {
  const name = program
    ?.split(/[\\/]/)
    .at(-1)
    ?.replace(/\.exe$/i, '')
    .replace(/^csh$/, 'tcsh');
  return shells.find((shell) => shell === name) ?? 'sh';
}

const shellFormats: Record<Shell, ShellFormat> = {
  sh: posix,
  bash: posix,
  zsh: posix,
  fish,
  tcsh,
  pwsh,
  cmd,
  nu,
};

/** One variable in each of the files that have lines. */
export const fileLines: Record<Exclude<FileFormat, 'json'>, FileLine> = {
  dotenv,
  envrc,
  docker,
  systemd,
  github,
};

const isShell = (format: ExportFormat): format is Shell => Object.hasOwn(shellFormats, format);

/**
 * Renders variables for a shell to evaluate or a file to hold; ends with a line break.
 * @throws VarvelError `invalid` for a name that is none, or a value that the format can't carry
 */
export function render(format: ExportFormat, variables: Record<string, string>): string {
  for (const [name, value] of Object.entries(variables)) checkVariable(name, value);
  if (format === 'json') return `${JSON.stringify(variables, null, 2)}\n`;
  const line = isShell(format) ? shellFormats[format].set : fileLines[format];
  return Object.entries(variables)
    .map(([name, value]) => `${line(name, value)}\n`)
    .join('');
}

/** Renders the removal of variables. @throws VarvelError `usage` for a format that can only add */
export function renderUnset(format: ExportFormat, names: string[]): string {
  for (const name of names) checkVariable(name, '');
  if (isShell(format)) return names.map((name) => `${shellFormats[format].unset(name)}\n`).join('');
  throw new VarvelError('usage', `--unset makes no sense for ${format}.`, 'Use it with --shell.');
}

/** @throws VarvelError `invalid`: shells would take a name that is none for something else to do */
export function checkVariable(name: string, value: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name)) {
    throw new VarvelError(
      'invalid',
      `“${name.slice(0, 80)}” can't be the name of a variable.`,
      'Use letters, digits and underscores, beginning with a letter: FAL_KEY_STAGING.',
    );
  }
  if (/[^\x20-\x7e]/.test(value)) {
    throw new VarvelError(
      'invalid',
      `The value of ${name} holds control characters or characters outside ASCII.`,
      {
        terminal: 'Give the profile another key: `varvel profiles set`.',
        window: 'Give the profile another key.',
      },
    );
  }
}
