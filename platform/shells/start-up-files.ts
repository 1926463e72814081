import { closeSync, fstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hookIn } from '../../core/shells/hook-line.ts';
import type { ShellHook, StartUpPlace } from '../../core/shells/shell.ts';
import { type HookShell, hookShellNames, shellNames, shells } from '../../core/shells/shells.ts';
import type { StartUpLine } from '../../core/shells/shells-here.ts';
import { openToRead, readNow } from '../files/read-now.ts';
import { homeFolder } from '../files/user-path.ts';

export interface StartUpFindings {
  /** Where FAL_KEY is set: such a key beats every profile in the shells that read it. */
  sets: StartUpLine[];
  /** Where a shell's prompt hook is loaded. */
  hooks: (StartUpLine & { shell: HookShell })[];
}

/** The assignments of every shell, and of plain environment files. */
const settings = shellNames.flatMap((name) => shells[name].setting?.('FAL_KEY') ?? []);
const setsKey = new RegExp(`^\\s*(?:[^#]*[;&\\s])?(?:${settings.join('|')})`);

/** What sets variables for every shell. */
const otherFiles: StartUpPlace[] = [
  '~/.pam_environment',
  '$XDG_CONFIG_HOME/environment.d/*.conf',
  '/etc/environment',
];

/** More than any such file; in bytes. */
const limit = 1024 * 1024;

/** Looks through the files that shells read when they start. Nothing of their content is kept but where it stands. */
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

/** The start-up file where a shell's hook belongs: the one that every interactive shell reads. */
export function hookFile(shell: HookShell, env: NodeJS.ProcessEnv): string {
  const hook: ShellHook = shells[shell].hook;
  return pathOf((process.platform === 'win32' && hook.fileOnWindows) || hook.file, env);
}

/** The user's own files first, then the system's. */
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

/** The file itself; for a `*` in its name, all files that end as it does. */
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

/** Null for what is not there, no file, too large, or not to be read. */
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
