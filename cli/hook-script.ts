import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fishQuoted } from '../core/exports/formats/fish.ts';
import { posixQuoted } from '../core/exports/formats/posix.ts';
import { pwshQuoted } from '../core/exports/formats/pwsh.ts';
import type { HookShell } from '../core/model/hook-shell.ts';

const files: Record<HookShell, string> = {
  bash: 'varvel.bash',
  zsh: 'varvel.zsh',
  fish: 'varvel.fish',
  pwsh: 'varvel.ps1',
};

export const quotedFor: Record<HookShell, (value: string) => string> = {
  bash: posixQuoted,
  zsh: posixQuoted,
  fish: fishQuoted,
  pwsh: pwshQuoted,
};

/**
 * The hook that a shell loads, a file beside the program, with what it needs to know of this machine put in.
 * @param signal the file that changes with each change of a profile
 */
export function hookScript(shell: HookShell, signal: string): string {
  const quoted = quotedFor[shell];
  return readFileSync(join(import.meta.dirname, 'hooks', files[shell]), 'utf8')
    .replaceAll('@PROGRAM@', () => quoted(ownProgram()))
    .replaceAll('@FILE@', () => quoted(signal));
}

/** The program that is running, so that the hook asks the very same, wherever PATH leads. */
function ownProgram(): string {
  const name = process.platform === 'win32' ? 'varvel.cmd' : 'varvel';
  const found = ['../../bin', '../bin']
    .map((folder) => resolve(import.meta.dirname, folder, name))
    .find((path) => existsSync(path));
  return found ?? 'varvel';
}
