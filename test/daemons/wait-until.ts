import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until something is there; null means not yet.
 * @param timeoutMs enough for a busy machine by default
 * @throws Error when it isn't there in time
 */
export async function waitUntil<T>(
  what: string,
  look: () => Promise<T | null> | T | null,
  timeoutMs = 90_000,
): Promise<T> {
  for (const end = Date.now() + timeoutMs; ; await sleep(20)) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(`${what} did not start within ${timeoutMs / 1000} s`);
  }
}
