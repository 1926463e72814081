import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hookIn } from '../../core/shells/hook-line.ts';
import type { ShellHook, StartUpPlace } from '../../core/shells/shell.ts';
import { type HookShell, hookShellNames, type Shell, shellNames, shells } from '../../core/shells/shells.ts';
import type { KeySetting, StartUpLine } from '../../core/shells/shells-here.ts';
import { smallText } from '../files/small-text.ts';
import { documentsFolder } from '../places/documents-folder.ts';
import { homeFolder } from '../places/user-path.ts';
import { zshFolder } from './zsh-folder.ts';

export interface StartUpFindings {
  /** The lines that set FAL_KEY. They override every profile in the shells that read them. */
  sets: KeySetting[];
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

/** The id of a key that is written out; nothing of a secret. */
const keyIdIn = (line: string): string | null =>
  line.match(/FAL_KEY\s*=?\s*["']?([\w-]{1,100}):[^\s:]/)?.[1] ?? null;

/** Searches the shells' start-up files. Keeps only the lines' places and key ids, not their content. */
export function lookAtStartUpFiles(env: NodeJS.ProcessEnv): StartUpFindings {
  const found: StartUpFindings = { sets: [], hooks: [] };
  for (const [file, readers] of startUpFiles(env)) {
    const lines = smallText(file)?.split('\n') ?? [];
    for (const [index, text] of lines.entries()) {
      if (setsKey.test(text))
        found.sets.push({ file, line: index + 1, shells: readers, keyId: keyIdIn(text) });
      const shell = hookIn(text);
      if (shell !== null) found.hooks.push({ file, line: index + 1, shell });
    }
  }
  return found;
}

/**
 * The start-up file for a shell's hook: the one that every interactive shell reads. In macOS' Terminal every bash is a
 * login shell, which reads the first of three files and no .bashrc (INVOCATION in bash(1)).
 */
export function hookFile(
  shell: HookShell,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): string {
  if (shell === 'bash' && platform === 'darwin') {
    const read = loginFiles.map((place) => pathOf(place, env));
    return read.find((path) => existsSync(path)) ?? pathOf(loginFiles[0], env);
  }
  const hook: ShellHook = shells[shell].hook;
  return pathOf((platform === 'win32' && hook.fileOnWindows) || hook.file, env);
}

const loginFiles = ['~/.bash_profile', '~/.bash_login', '~/.profile'] as const;

/** Every start-up file, whether or not it is there. */
export const startUpPaths = (env: NodeJS.ProcessEnv): string[] => [...startUpFiles(env).keys()];

/** Each file with the shells that read it; the user's files first, then the system's. */
function startUpFiles(env: NodeJS.ProcessEnv): Map<string, Shell[]> {
  const places = [
    ...shellNames.flatMap((shell) => shells[shell].startUpFiles.map((place) => ({ place, shell }))),
    ...otherFiles.map((place) => ({ place, shell: null })),
  ];
  const isTheirs = ({ place }: { place: StartUpPlace }) => !place.startsWith('/');
  const files = new Map<string, Shell[]>();
  const add = (file: string, shell: Shell | null) =>
    files.set(file, [...(files.get(file) ?? []), ...(shell ? [shell] : [])]);
  for (const { place, shell } of [...places.filter(isTheirs), ...places.filter((each) => !isTheirs(each))]) {
    for (const file of filesAt(place, env)) add(file, shell);
  }
  for (const shell of hookShellNames) {
    const file = hookFile(shell, env);
    if (!files.has(file)) add(file, shell);
  }
  return files;
}

function pathOf(place: string, env: NodeJS.ProcessEnv): string {
  const [folder = '', ...names] = place.split('/');
  return join(startFolder(folder, homeFolder(env), env), ...names);
}

function startFolder(name: string, home: string, env: NodeJS.ProcessEnv): string {
  switch (name) {
    case '~':
      return home;
    case '$ZDOTDIR':
      return zshFolder(home, env);
    case '$XDG_CONFIG_HOME':
      return env.XDG_CONFIG_HOME || join(home, '.config');
    case '$DOCUMENTS':
      return documentsFolder(home, env);
    default:
      return '/';
  }
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
