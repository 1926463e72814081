import { parseSpan } from '../activity/activity.ts';
import { VarvelError } from '../model/error.ts';
import type { Rotation } from '../model/machine/rotation.ts';

const longestMs = 90 * 86_400_000;

/** How long programs that got the old key at the last moment may go on, in milliseconds. */
export const lateGraceMs = 300_000;

/**
 * Reads a grace period: `0`, or a duration such as `45s`, `30m`, `24h` or `7d`, up to 90 days.
 * @returns milliseconds
 * @throws VarvelError `invalid`
 */
export function parseGrace(text: string): number {
  if (text === '0') return 0;
  const seconds = text.match(/^(\d{1,6})s$/)?.[1];
  const ms = seconds === undefined ? parseSpan(text) : Number(seconds) * 1000;
  if (ms <= longestMs) return ms;
  throw new VarvelError('invalid', `A grace period of ${text} is too long.`, 'Use up to 90d.');
}

/** The rotation with another grace period, counted from when the keys were switched; null keeps it. */
export function withGrace(rotation: Rotation, graceMs: number | null, now: number): Rotation {
  if (graceMs === null) return rotation;
  const { switchedAt, step } = rotation;
  const revokeAt = switchedAt === null ? null : switchedAt + graceMs;
  const waitsAgain = step === 'revoke' && revokeAt !== null && revokeAt > now;
  return { ...rotation, graceMs, revokeAt, step: waitsAgain ? 'wait' : step };
}
