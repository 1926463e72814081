import { VarvelError } from '../core/model/error.ts';
import type { Varvel } from '../core/varvel.ts';

/** How often to look for rotations that are due, in milliseconds. */
const everyMs = 60_000;

/**
 * Goes on with rotations that are due, now and every minute while a window's program runs. What stops one is in the
 * database, and the window shows it.
 */
export function keepRotating(varvel: Varvel): { end(): Promise<void> } {
  const ending = new AbortController();
  let running: Promise<void> | null = null;

  async function look(): Promise<void> {
    try {
      if (varvel.activeRotations().length === 0) return;
      await (await varvel.rotations()).resumeDue(true, ending.signal);
    } catch (error) {
      // a database that can't be read now may be readable in a minute
      if (!(error instanceof VarvelError)) throw error;
    }
  }

  const start = (): void => {
    running ??= look().finally(() => {
      running = null;
    });
  };
  const timer = setInterval(start, everyMs);
  timer.unref();
  start();
  return {
    async end() {
      clearInterval(timer);
      ending.abort();
      await running;
    },
  };
}
