import { VarvelError } from '../core/model/error.ts';
import type { Varvel } from '../core/varvel.ts';

/** How often to look for what is due, in milliseconds. */
const everyMs = 60_000;

/**
 * Goes on with rotations, revokes temporary keys that are due, and syncs the fal CLI's file and ends sessions where a killed
 * process didn't: now and every minute while a window's program runs. Also deletes what is left over in this vault.
 * What stops one is in the database, and the window shows it.
 */
export function doDueWork(varvel: Varvel): { end(): Promise<void> } {
  const ending = new AbortController();
  let running: Promise<void> | null = null;

  async function attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      // a database that can't be read now may be readable in a minute
      if (!(error instanceof VarvelError)) throw error;
    }
  }

  async function look(): Promise<void> {
    const { signal } = ending;
    await attempt(() => varvel.followCurrent());
    await attempt(async () => varvel.identities.finishInterrupted());
    await attempt(async () => varvel.deleteLeftOver());
    await attempt(async () => varvel.temporaryKeys.anyDue() && varvel.temporaryKeys.revokeDue(signal));
    await attempt(
      async () => varvel.activeRotations().length > 0 && (await varvel.rotations()).resumeDue(true, signal),
    );
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
