import type { ActivityEntry, LogCheck } from '../model/activity.ts';
import { VarvelError } from '../model/error.ts';
import type { Ports } from '../ports.ts';

const dayMs = 86_400_000;
const units: Record<string, number> = { m: 60_000, h: 3_600_000, d: dayMs, w: 7 * dayMs };

/**
 * Reads a duration such as `30m`, `24h`, `7d` or `2w`.
 * @returns milliseconds
 * @throws VarvelError `invalid`
 */
export function parseSpan(text: string): number {
  const [, count, unit] = text.match(/^(\d{1,6})([mhdw])$/) ?? [];
  const factor = unit === undefined ? undefined : units[unit];
  if (count !== undefined && factor !== undefined) return Number(count) * factor;
  throw new VarvelError(
    'invalid',
    `“${text.slice(0, 40)}” is not a duration.`,
    'Use a number and a unit, for example 30m, 24h, 7d or 2w.',
  );
}

export type Activity = ReturnType<typeof createActivity>;

/** The local log of what was done with which key. */
export function createActivity({ state, clock }: Pick<Ports, 'state' | 'clock'>) {
  return {
    /** Newest first. @param withinMs how far back, in milliseconds; null for all */
    list: (filter: { withinMs: number | null; keyId: string | null; limit?: number }): ActivityEntry[] =>
      state.activity.list({
        since: filter.withinMs === null ? null : clock.now() - filter.withinMs,
        keyId: filter.keyId,
        limit: filter.limit ?? 1000,
      }),

    /** Deletes entries that are older than so many days. */
    prune: (days: number): void => state.activity.removeBefore(clock.now() - days * dayMs),

    /** The same when a program starts: its clock may be ahead, so the newest entry says what time it is at most. */
    pruneAtStart(days: number): void {
      const [newest] = state.activity.list({ since: null, keyId: null, limit: 1 });
      if (newest) state.activity.removeBefore(Math.min(clock.now(), newest.at + dayMs) - days * dayMs);
    },

    /** Whether another program has changed or removed entries. */
    check: (): LogCheck => state.activity.check(),
  };
}
