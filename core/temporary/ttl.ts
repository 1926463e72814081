import { parseSpan } from '../activity/activity.ts';
import { VarvelError } from '../model/error.ts';

/** In milliseconds: a temporary key's time unless another one is given, and the longest. */
export const defaultTtlMs = 7_200_000;
export const longestTtlMs = 90 * 86_400_000;

/**
 * Reads how long a temporary key lives: a duration such as `90s`, `30m`, `2h` or `7d`, up to 90 days.
 * @returns milliseconds
 * @throws VarvelError `invalid`
 */
export function parseTtl(text: string): number {
  const seconds = text.match(/^(\d{1,6})s$/)?.[1];
  const ms = seconds === undefined ? parseSpan(text) : Number(seconds) * 1000;
  if (ms > 0 && ms <= longestTtlMs) return ms;
  throw new VarvelError('invalid', `A key can’t live for ${text}.`, 'Use 1s to 90d.');
}
