import { renameSync } from 'node:fs';
import { hasErrorCode } from './error-code.ts';

/** What renaming needs from the system; tests pass another. */
export interface RenameSystem {
  platform: NodeJS.Platform;
  rename(from: string, to: string): void;
}

export const ownSystem: RenameSystem = { platform: process.platform, rename: renameSync };

/** How long to retry while another program holds a file, in milliseconds: virus scanners take that long. */
const patienceMs = 2000;

/**
 * The pauses between tries, in milliseconds: short at first, two seconds in total.
 * @returns null once it is time to give up
 */
export function createPatience(): () => number | null {
  let waited = 0;
  let pause = 5;
  return () => {
    if (waited >= patienceMs) return null;
    pause = Math.min(pause * 2, 250, patienceMs - waited);
    waited += pause;
    return pause;
  };
}

/** Whether a rename failed because another program has the file open, which only happens on Windows. */
export const isHeldOpen = (error: unknown, platform: NodeJS.Platform): boolean =>
  platform === 'win32' && hasErrorCode(error, 'EPERM', 'EACCES', 'EBUSY');

/**
 * Renames a file, replacing any existing one. On Windows it retries for two seconds, blocking the process, while another
 * program has one of the two open.
 * @throws what node:fs throws
 */
export function renameNow(from: string, to: string, system: RenameSystem = ownSystem): void {
  const patience = createPatience();
  for (;;) {
    try {
      system.rename(from, to);
      return;
    } catch (error) {
      const ms = isHeldOpen(error, system.platform) ? patience() : null;
      if (ms === null) throw error;
      pauseNow(ms);
    }
  }
}

/** Blocks the whole process. */
export const pauseNow = (ms: number): void =>
  void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
