import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';

/** The user's home folder, like in shells. */
export const homeFolder = (env: NodeJS.ProcessEnv): string => env.HOME || homedir();

/**
 * Resolves a path from a window, which has no working folder for relative paths.
 * @param home the meaning of ~
 * @throws VarvelError `usage` for a relative path
 */
export function userPath(given: string, home: string): string {
  if (given === '~') return home;
  if (/^~[\\/]/.test(given)) return join(home, given.slice(2));
  if (isAbsolute(given) && !given.includes('\0')) return resolve(given);
  throw new VarvelError('usage', `“${given.slice(0, 200)}” is not a full path.`, 'Start with / or ~/.');
}
