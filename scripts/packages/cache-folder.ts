import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where what was downloaded is kept from run to run, outside the checkout. */
export const cacheFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'varvel');
