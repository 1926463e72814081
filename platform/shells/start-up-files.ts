import { closeSync, fstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hookIn } from '../../core/shells/hook-line.ts';
import type { ShellHook, StartUpPlace } from '../../core/shells/shell.ts';
import { type HookShell, hookShellNames, shellNames, shells } from '../../core/shells/shells.ts';
import type { StartUpLine } from '../../core/shells/shells-here.ts';
import { openToRead, readNow } from '../files/read-now.ts';
import { homeFolder } from '../files/user-path.ts';

export interface StartUpFindings {
  /** The lines that set FAL_KEY. They override every profile in the shells that read them. */
  sets: StartUpLine[];
  /** The lines that load a shell's prompt hook. */
  hooks: (StartUpLine & { shell: HookShell })[];
}

/** Assignments in every shell, and in environment files. */
const settings = shellNames.flatMap((name) => shells[name].setting?.('FAL_KEY') ?? []);
const setsKey = new RegExp(`^\\s*(?:[^#]*[;&\\s])?(?:${settings.join('|')})`);

/** Files that set variables for every shell. */
const otherFiles: StartUpPlace[] = [
  '~/.pam_environment',
  '$XDG_CONFIG_HOME/environment.d/*.conf',
  '/etc/environment',
];

/** The largest file to read, in bytes. */
const limit = 1024 * 1024;

/** Searches the shells' start-up files. Keeps only the lines' places, not their content. */
export function lookAtStartUpFiles(env: NodeJS.ProcessEnv): StartUpFindings {
  const found: StartUpFindings = { sets: [], hooks: [] };
  for (const file of startUpFiles(env)) {
    const lines = read(file)?.split('\n') ?? [];
    for (const [index, text] of lines.entries()) {
      if (setsKey.test(text)) found.sets.push({ file, line: index + 1 });
      const shell = hookIn(text);
      if (shell !== null) found.hooks.push({ file, line: index + 1, shell });
    }
  }
  return found;
}

/** The start-up file for a shell's hook: the one that every interactive shell reads. */
export function hookFile(shell: HookShell, env: NodeJS.ProcessEnv): string {
  const hook: ShellHook = shells[shell].hook;
  return pathOf((process.platform === 'win32' && hook.fileOnWindows) || hook.file, env);
}

/** The user's files first, then the system's. */
function startUpFiles(env: NodeJS.ProcessEnv): string[] {
  const places = [...shellNames.flatMap((name): StartUpPlace[] => shells[name].startUpFiles), ...otherFiles];
  const files = [
    ...places.filter((place) => !place.startsWith('/')),
    ...places.filter((place) => place.startsWith('/')),
  ].flatMap((place) => filesAt(place, env));
  return [...new Set([...files, ...hookShellNames.map((shell) => hookFile(shell, env))])];
}

function pathOf(place: string, env: NodeJS.ProcessEnv): string {
  const home = homeFolder(env);
  const folders: Record<string, string> = {
    '~': home,
    $ZDOTDIR: env.ZDOTDIR || home,
    $XDG_CONFIG_HOME: env.XDG_CONFIG_HOME || join(home, '.config'),
  };
  const [folder = '', ...names] = place.split('/');
  return join(folders[folder] ?? '/', ...names);
}

/** The file; with a `*` in its name, all files with that ending. */
function filesAt(place: StartUpPlace, env: NodeJS.ProcessEnv): string[] {
  const [start = '', ending] = place.split('*');
  const path = pathOf(start, env);
  if (ending === undefined) return [path];
  try {
    return readdirSync(path)
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => join(path, name));
  } catch {
    return [];
  }
}

/** A file's text; null when it is missing, not a file, too large or unreadable. */
function read(path: string): string | null {
  try {
    const file = openToRead(path);
    try {
      return fstatSync(file).isFile() ? (readNow(file, limit)?.toString('utf8') ?? null) : null;
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}
