import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from './stage.ts';

/** How long to wait for a command to open its page, in milliseconds. */
const patience = 15_000;

/** Replaces the system's browser: varvel opens pages with it, and the demo reads their URLs. */
export interface OpenedPage {
  /** For BROWSER. */
  command: string;
  /** The next opened page; null when there is none within 15 s. */
  next(signal: AbortSignal): Promise<string | null>;
}

export async function createOpenedPage({ folder }: Stage): Promise<OpenedPage> {
  const command = join(folder, 'browser');
  const urlFile = join(folder, 'opened-page');
  await writeFile(
    command,
    `#!/bin/sh\nprintf '%s' "$1" > '${urlFile}.new' && mv '${urlFile}.new' '${urlFile}'\n`,
    {
      mode: 0o700,
    },
  );
  return {
    command,
    async next(signal) {
      for (const end = Date.now() + patience; Date.now() < end && !signal.aborted; await sleep(25)) {
        const url = await readFile(urlFile, 'utf8').catch(() => null);
        if (url === null) continue;
        await rm(urlFile);
        return url;
      }
      return null;
    },
  };
}
