import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type HookShell, shells } from '../../core/shells/shells.ts';
import { launcherName } from '../../platform/places/launcher-name.ts';

/**
 * The hook that a shell loads: a file beside the program, with this machine's paths filled in.
 * @param signal the file that changes with each change of a profile
 */
export function hookScript(shell: HookShell, signal: string): string {
  const { script, quote } = shells[shell].hook;
  return readScript(script)
    .replaceAll('@BASH_AND_ZSH@\n', () => readScript('bash-and-zsh.sh'))
    .replaceAll('@SHELL@', () => shell)
    .replaceAll('@PROGRAM@', () => quote(ownProgram()))
    .replaceAll('@FILE@', () => quote(signal));
}

const readScript = (name: string): string => readFileSync(join(import.meta.dirname, 'scripts', name), 'utf8');

/** The running program: the hook asks this one, whatever PATH says. */
function ownProgram(): string {
  const path = resolve(import.meta.dirname, '../../bin', launcherName());
  return existsSync(path) ? path : 'varvel';
}
