import { userInfo } from 'node:os';
import { join } from 'node:path';
import { hookShellNames, ownShell, type Shell, shells } from '../../core/shells/shells.ts';
import type { ShellHere, ShellsHere } from '../../core/shells/shells-here.ts';
import { launcherName } from '../places/launcher-name.ts';
import { homeFolder } from '../places/user-path.ts';
import { findProgram, pathFolders } from '../process/find-program.ts';
import { isWindows } from '../process/is-windows.ts';
import { hookFile, lookAtStartUpFiles } from './start-up-files.ts';

/** Where shells can be, besides PATH: a program started from a menu may have a shorter PATH than a terminal. */
const usualFolders = ['/bin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/snap/bin'];

/** This machine's shells that have a hook, and what the start-up files do. */
export function lookAtShells(env: NodeJS.ProcessEnv): ShellsHere {
  const { sets, hooks } = lookAtStartUpFiles(env);
  const own = loginShell(env);
  const states = hookShellNames.map((shell): ShellHere => {
    const found = hooks.find((hook) => hook.shell === shell);
    const [program] = shells[shell].programs;
    return {
      shell,
      installed: find(isWindows() ? `${program}.exe` : program, env) !== null,
      login: shell === own,
      file: hookFile(shell, env),
      hook: found ? { file: found.file, line: found.line } : null,
    };
  });
  return { shells: states, sets, command: find(launcherName(), env) };
}

/** Windows' own bash.exe is not a shell of Windows: it starts Linux. */
export const isOfWsl = (folder: string, platform: NodeJS.Platform = process.platform): boolean =>
  isWindows(platform) && /\\(System32|WindowsApps)\\?$/i.test(folder);

function find(program: string, env: NodeJS.ProcessEnv): string | null {
  const home = homeFolder(env);
  const found = findProgram(program, [
    ...(pathFolders(env) ?? []).filter((folder) => folder !== '.' && !isOfWsl(folder)),
    ...usualFolders,
    ...['.local/bin', 'bin'].map((folder) => join(home, folder)),
  ]);
  return found === null || found === 'forbidden' ? null : found.path;
}

/** From SHELL, or from the system's list of users, which Windows doesn't have. */
function loginShell(env: NodeJS.ProcessEnv): Shell {
  return ownShell(env.SHELL || systemShell(), process.platform);
}

function systemShell(): string | undefined {
  try {
    return userInfo().shell ?? undefined;
  } catch {
    return undefined;
  }
}
