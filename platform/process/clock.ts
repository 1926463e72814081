import type { Clock } from '../../core/ports.ts';
import { cancelled } from './cancelled.ts';

/** The system's clock. `sleep` throws VarvelError `cancelled` when its signal aborts. */
export function createClock(): Clock {
  return {
    now: Date.now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(cancelled());
        const stop = () => {
          clearTimeout(timer);
          reject(cancelled());
        };
        const timer = setTimeout(() => {
          signal?.removeEventListener('abort', stop);
          resolve();
        }, ms);
        signal?.addEventListener('abort', stop, { once: true });
      }),
  };
}
