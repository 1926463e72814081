import { homedir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { smallText } from '../files/small-text.ts';

/** Expands a path like Python's expanduser, which the fal CLI uses for these variables. On Windows, ~\ is one too. */
const expanded = (path: string, folder = ''): string => {
  const isBelowHome = path === '~' || path.startsWith('~/') || path.startsWith(`~${sep}`);
  return resolve(folder, isBelowHome ? join(homedir(), path.slice(1)) : path);
};

/** The fal CLI's config file: FAL_CONFIG_PATH, or ~/.fal/config.toml; an empty one is no file (fal-ai/fal, config.py). */
export const falConfigPath = ({ FAL_CONFIG_PATH: moved }: NodeJS.ProcessEnv): string | null =>
  moved === '' ? null : expanded(moved ?? join('~', '.fal', 'config.toml'));

/**
 * Whether the fal CLI is signed in: its token file isn't empty. Nothing of it is kept.
 * @param folder the process's working folder, which an empty FAL_HOME_DIR means
 */
export const hasFalSignIn = ({ FAL_HOME_DIR: moved }: NodeJS.ProcessEnv, folder: string): boolean => {
  const token = smallText(join(expanded(moved ?? join('~', '.fal'), folder), 'auth0_token'));
  return token !== null && token.trim() !== '';
};
