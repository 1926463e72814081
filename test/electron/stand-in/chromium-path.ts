import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The Chromium of this machine: STAND_IN_CHROMIUM, or the first in PATH and where Debian puts it. */
export function chromiumPath(env: NodeJS.ProcessEnv): string {
  if (env.STAND_IN_CHROMIUM) return env.STAND_IN_CHROMIUM;
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/bin'];
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  if (found) return found;
  throw new Error('No Chromium is here: install it, or name it in STAND_IN_CHROMIUM.');
}
