import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Expands a path like Python's expanduser, which the fal CLI uses for these variables. */
const expanded = (path: string): string =>
  resolve(path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path);

/** The fal CLI's config file: FAL_CONFIG_PATH, or ~/.fal/config.toml (fal-ai/fal, config.py). */
export const falConfigPath = ({ FAL_CONFIG_PATH: moved }: NodeJS.ProcessEnv): string =>
  expanded(moved || join('~', '.fal', 'config.toml'));

/** Whether the fal CLI is signed in: its token file exists. It is never read. */
export const hasFalSignIn = ({ FAL_HOME_DIR: moved }: NodeJS.ProcessEnv): boolean =>
  existsSync(join(expanded(moved || join('~', '.fal')), 'auth0_token'));
