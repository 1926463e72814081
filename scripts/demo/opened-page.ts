import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from './stage.ts';

/** Longest time until a command opens its page, in milliseconds. */
const patience = 15_000;

/** Stands in for the system's browser: varvel opens pages with it, and it tells the demo which. */
export interface OpenedPage {
  /** For BROWSER. */
  command: string;
  /** The next page that is opened; null when none is within 15 s. */
  next(signal: AbortSignal): Promise<string | null>;
}

export async function createOpenedPage({ folder }: Stage): Promise<OpenedPage> {
  const command = join(folder, 'browser');
  const said = join(folder, 'opened-page');
  await writeFile(command, `#!/bin/sh\nprintf '%s' "$1" > '${said}.new' && mv '${said}.new' '${said}'\n`, {
    mode: 0o700,
  });
  return {
    command,
    async next(signal) {
      for (const end = Date.now() + patience; Date.now() < end && !signal.aborted; await sleep(25)) {
        const url = await readFile(said, 'utf8').catch(() => null);
        if (url === null) continue;
        await rm(said);
        return url;
      }
      return null;
    },
  };
}
