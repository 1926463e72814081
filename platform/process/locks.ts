import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { VarvelError } from '../../core/model/error.ts';
import type { Locks } from '../../core/ports.ts';
import { makePrivateFolder } from '../files/private-folder.ts';
import { storageError } from '../state/sqlite-error.ts';
import { cancelled } from './cancelled.ts';
import { type HeldLock, takeLock } from './lock-file.ts';

/**
 * Locks between processes, and between calls of one process, as files in `<folder>/locks`. A taken lock
 * is tried again every 20 to 100 ms, without blocking the process.
 * @param folder the environment's folder
 */
export function createLocks(folder: string): Locks {
  return {
    async exclusive(name, work, waitMs = 30_000, signal) {
      const held = await take(join(folder, 'locks'), name, waitMs, signal);
      try {
        return await work();
      } finally {
        held.release();
      }
    },
  };
}

async function take(folder: string, name: string, waitMs: number, signal?: AbortSignal): Promise<HeldLock> {
  const until = performance.now() + waitMs;
  const path = join(folder, `${fileName(name)}.lock`);
  for (;;) {
    if (signal?.aborted) throw cancelled();
    const held = attempt(folder, path);
    if (held) return held;
    const left = until - performance.now();
    if (left <= 0) throw busy(waitMs);
    await sleep(Math.min(left, 20 + Math.random() * 80));
  }
}

function attempt(folder: string, path: string): HeldLock | null {
  try {
    makePrivateFolder(folder);
    return takeLock(path, 0);
  } catch (error) {
    throw storageError(error, path);
  }
}

/** Names can contain subjects (`google-oauth2|1234`), so other characters are written as bytes. */
const fileName = (name: string): string =>
  Buffer.from(name, 'utf8')
    .toString('latin1')
    .replace(/[^a-z0-9-]/g, (character) => `_${character.charCodeAt(0).toString(16).padStart(2, '0')}`);

const busy = (waitMs: number) =>
  new VarvelError(
    'state_busy',
    `Another Varvel process has been busy with this for more than ${Math.round(waitMs / 1000)} s.`,
    'Try again when it is done. If it hangs, end it.',
  );
