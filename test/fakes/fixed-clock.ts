import type { Clock } from '../../core/ports.ts';
import { cancelled } from '../../platform/process/cancelled.ts';

export interface FixedClock extends Clock {
  /** Lets time pass, in milliseconds. */
  advance(ms: number): void;
  /** How long each sleep was to take, in milliseconds. */
  readonly slept: number[];
}

/** A clock that stands still but for `advance` and `sleep`, which takes no time and moves it on. */
export function createFixedClock(start = Date.UTC(2026, 7, 1, 12)): FixedClock {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    advance(ms) {
      now += ms;
    },
    async sleep(ms, signal) {
      if (signal?.aborted) throw cancelled();
      slept.push(ms);
      now += ms;
    },
  };
}
