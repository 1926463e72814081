import type { Clock } from '../ports.ts';
import type { CallAnswer } from './name-lock.ts';

/** The pauses between checks, in milliseconds; the last one stays. */
const pausesMs = [5_000, 15_000, 30_000, 60_000, 120_000, 240_000, 300_000];

/** How long a watch lasts unless told otherwise, and at most. In milliseconds. */
export const usualWatchMs = 2 * 3_600_000;
export const longestWatchMs = 24 * 3_600_000;

/** How a watch ended. `dead`: fal doesn't know the key any more, so waiting is useless. */
export type WatchEnd = 'works' | 'dead' | 'over';

export interface WatchOptions {
  /** How long to watch at most, in milliseconds. */
  forMs: number;
  signal?: AbortSignal;
  /** Called after each check. @param nextMs the pause before the next one; null after the last */
  onCheck?: (checks: number, nextMs: number | null) => void;
}

/**
 * Waits until a key works again, with checks that cost nothing and become rarer.
 * @throws VarvelError `cancelled`
 */
export async function watchLock(
  check: () => Promise<CallAnswer>,
  clock: Clock,
  { forMs, signal, onCheck }: WatchOptions,
): Promise<WatchEnd> {
  const end = clock.now() + Math.min(forMs, longestWatchMs);
  for (let checks = 1; ; checks++) {
    const { state } = await check();
    const pause = pausesMs[Math.min(checks, pausesMs.length) - 1] ?? 0;
    const isOver = clock.now() + pause > end;
    const ended = state === 'allowed' ? 'works' : state === 'unauthorized' ? 'dead' : isOver ? 'over' : null;
    onCheck?.(checks, ended === null ? pause : null);
    if (ended !== null) return ended;
    await clock.sleep(pause, signal);
  }
}
