import { existsSync, statSync } from 'node:fs';
import { delimiter, extname, isAbsolute, resolve } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import { windowsProgram } from './windows-search.ts';

/** How to start a program on Windows. */
export interface WindowsCommand {
  file: string;
  args: string[];
  /** The arguments are one command line, quoted already. */
  verbatim: boolean;
}

const endings = '.COM;.EXE;.BAT;.CMD';

/**
 * Finds a program as cmd does, but not in the working folder: by PATH and PATHEXT, or by its path. Batch files run in
 * cmd, since Windows itself doesn't pass them their arguments safely (CVE-2024-27980).
 * @returns null when there is none
 * @throws VarvelError `refused` for a PowerShell script, and for arguments that a batch file can't get
 */
export function windowsCommand(
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv,
): WindowsCommand | null {
  const path = find(program, env);
  if (path === null) return null;
  const ending = extname(path).toLowerCase();
  if (ending === '.ps1') throw powershellScript(program);
  if (ending !== '.bat' && ending !== '.cmd') return { file: path, args, verbatim: false };
  const line = [path, ...args].map((word) => quoteForBatch(word, program)).join(' ');
  return {
    file: windowsProgram('cmd.exe'),
    args: ['/e:on', '/v:off', '/d', '/s', '/c', `"${line}"`],
    verbatim: true,
  };
}

function find(program: string, env: NodeJS.ProcessEnv): string | null {
  const isPath = /[\\/]/.test(program) || isAbsolute(program);
  const folders = isPath ? ['.'] : (variableOf(env, 'PATH') ?? '').split(delimiter);
  const added = (variableOf(env, 'PATHEXT') || endings).split(';').filter((ending) => ending !== '');
  const names = [...(extname(program) ? [program] : []), ...added.map((ending) => program + ending)];
  for (const folder of folders) {
    // an empty or relative one would mean the working folder
    if (!isPath && !isAbsolute(folder)) continue;
    for (const name of names) {
      const path = resolve(folder, name);
      if (existsSync(path) && statSync(path).isFile()) return path;
    }
  }
  return null;
}

/** A copy of the environment doesn't look variables up as Windows does. */
const variableOf = (env: NodeJS.ProcessEnv, wanted: string): string | undefined =>
  Object.entries(env).find(([name]) => name.toUpperCase() === wanted)?.[1];

/**
 * Quotes a word for cmd and for the program that a batch file hands it to. In quotes, cmd leaves all characters alone
 * but the quote, which is doubled, so that cmd never leaves the quotes however often it reads the line; and the percent
 * sign, before which an empty expansion is put. Backslashes before a quote are doubled, as programs read them.
 */
function quoteForBatch(word: string, program: string): string {
  if (/[\r\n\0]/.test(word)) throw lineBreak(program);
  const quoted = word
    .replace(/(\\*)"/g, '$1$1""')
    .replace(/(\\+)$/, '$1$1')
    .replaceAll('%', '%%cd:~,%');
  return `"${quoted}"`;
}

const powershellScript = (program: string) =>
  new VarvelError(
    'refused',
    `“${program}” can’t be run: it is a PowerShell script.`,
    'Run PowerShell with it: powershell -File SCRIPT',
  );

const lineBreak = (program: string) =>
  new VarvelError(
    'refused',
    `“${program}” can’t be run with these arguments: a batch file can’t get a line break.`,
    'Leave the line break out, or run the program that the batch file starts.',
  );
