import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';

/** The user's home folder, as shells know it. */
export const homeFolder = (env: NodeJS.ProcessEnv): string => env.HOME || homedir();

/**
 * A path that a person gave in a window, which has no folder of its own that a relative one could mean.
 * @param home what ~ stands for
 * @throws VarvelError `usage` for a relative path
 */
export function userPath(given: string, home: string): string {
  if (given === '~') return home;
  if (/^~[\\/]/.test(given)) return join(home, given.slice(2));
  if (isAbsolute(given) && !given.includes('\0')) return resolve(given);
  throw new VarvelError(
    'usage',
    `“${given.slice(0, 200)}” doesn’t say in which folder it is.`,
    'Give the whole path, beginning with / or ~/.',
  );
}
