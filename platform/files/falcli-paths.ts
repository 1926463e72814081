import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** A path as Python's expanduser reads it, which fal's CLI puts these variables through. */
const expanded = (path: string): string =>
  resolve(path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path);

/** Where fal's CLI keeps its profiles: FAL_CONFIG_PATH, else ~/.fal/config.toml (fal-ai/fal, config.py). */
export const falConfigPath = ({ FAL_CONFIG_PATH: moved }: NodeJS.ProcessEnv): string =>
  expanded(moved || join('~', '.fal', 'config.toml'));

/** Whether fal's CLI has a sign-in: its token file is there. It is never read. */
export const hasFalSignIn = ({ FAL_HOME_DIR: moved }: NodeJS.ProcessEnv): boolean =>
  existsSync(join(expanded(moved || join('~', '.fal')), 'auth0_token'));
