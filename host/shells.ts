import { accessSync, constants } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { type HookShell, hookShells } from '../core/model/hook-shell.ts';
import { hookFile, lookAtStartUpFiles, type StartUpLine } from './start-up-files.ts';
import { homeFolder } from './user-path.ts';

export interface ShellState {
  shell: HookShell;
  installed: boolean;
  /** The user's own. */
  login: boolean;
  /** Where the hook's line would go. */
  file: string;
  /** Where the hook is loaded now. */
  hook: StartUpLine | null;
}

/** Where shells are, besides PATH: a program that was started from a menu may know less of it than a terminal. */
const usualFolders = ['/bin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/snap/bin'];

/** The shells of this machine that have a hook, and what the start-up files do. */
export function lookAtShells(env: NodeJS.ProcessEnv): {
  shells: ShellState[];
  sets: StartUpLine[];
  /** Where shells find `varvel`; null when they don't. */
  command: string | null;
} {
  const { sets, hooks } = lookAtStartUpFiles(env);
  const own = loginShell(env);
  const shells = hookShells.map((shell): ShellState => {
    const found = hooks.find((hook) => hook.shell === shell);
    return {
      shell,
      installed: find(process.platform === 'win32' ? `${shell}.exe` : shell, env) !== null,
      login: shell === own,
      file: hookFile(shell, env),
      hook: found ? { file: found.file, line: found.line } : null,
    };
  });
  return { shells, sets, command: find(process.platform === 'win32' ? 'varvel.cmd' : 'varvel', env) };
}

function find(program: string, env: NodeJS.ProcessEnv): string | null {
  const home = homeFolder(env);
  const folders = [
    ...(env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
    ...usualFolders,
    ...['.local/bin', 'bin'].map((folder) => join(home, folder)),
  ];
  return folders.map((folder) => join(folder, program)).find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** By SHELL, which the login sets, else by the system's list of users; null when neither says. */
function loginShell(env: NodeJS.ProcessEnv): string | null {
  if (env.SHELL) return basename(env.SHELL);
  if (process.platform === 'win32') return 'pwsh';
  try {
    const { shell } = userInfo();
    return shell ? basename(shell) : null;
  } catch {
    return null;
  }
}
