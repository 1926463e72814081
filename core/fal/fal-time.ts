import type { Http } from '../ports.ts';

/** How far fal's clock and this machine's may be apart, in milliseconds. */
const toleranceMs = 120_000;

/**
 * Whether fal's servers say that a time is still to come, whatever this machine's clock says. False where no server has said what
 * time it is.
 * @param time in milliseconds since 1970
 */
export function isYetToCome(time: number, { serverNow }: Pick<Http, 'serverNow'>): boolean {
  const now = serverNow();
  return now !== null && now < time - toleranceMs;
}
