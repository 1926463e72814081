import type { Rotation } from '../model/machine/rotation.ts';

/** How often usage is read while a rotation waits, in milliseconds. */
export const usageEveryMs = 300_000;

/** How long to wait after a failure before the next attempt that nobody asked for, in milliseconds. */
export const retryMs = (failures: number): number =>
  Math.min(60_000 * 2 ** Math.min(failures, 6), longestPauseMs);

const longestPauseMs = 3_600_000;

/**
 * Whether a rotation can go on without being asked. Cheap: no vault, no network.
 * @param patient also reads fal's usage for one that waits
 */
export function isDue(rotation: Rotation, now: number, patient: boolean): boolean {
  const { step, revokeAt, retryAt } = rotation;
  if (step === 'wait' && revokeAt !== null && revokeAt <= now) return true;
  return !isPaused(retryAt, now) && (step !== 'wait' || patient);
}

/** Whether a failure's pause still lasts. One that is longer was written while the clock was ahead. */
export const isPaused = (retryAt: number, now: number): boolean =>
  retryAt > now && retryAt <= now + longestPauseMs;

/** Whether usage was read so recently that it isn't read again; a time far ahead was written while the clock was. */
export const isFresh = (usageReadAt: number | null, now: number): boolean =>
  usageReadAt !== null && Math.abs(now - usageReadAt) < usageEveryMs;
