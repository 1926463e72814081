/** A minute in which fal counted calls with a key: when it began, in milliseconds since 1970. */
export type BusyMinute = number;

const minuteMs = 60_000;

/** How far back usage is read to learn a key's rhythm, in milliseconds. */
export const rhythmMs = 86_400_000;

/** The shortest silence that says anything, in milliseconds. */
const shortestSilenceMs = 15 * minuteMs;

/**
 * Until when fal has surely counted an account's calls: it counts them with a delay that it doesn't tell, and reports later
 * calls with none of its keys before earlier ones.
 * @param busy the minutes in which any key of the account was used
 * @returns in milliseconds since 1970; 0 when that isn't known
 */
export const countedUntil = (busy: readonly BusyMinute[]): number => Math.max(0, ...busy);

/**
 * Whether a key is silent since it was replaced. A key that was used once an hour says nothing by half an hour of
 * silence, so its rhythm decides: twice its longest pause in the day before, and at least a quarter of an hour. The
 * time before that day's first call and after its last are pauses too: a job that runs at night is silent all day.
 * A key that had no two calls in that day has no rhythm, and only the grace period can tell.
 * @param until when the silence that is known ends: see countedUntil
 */
export function isSilent(busy: readonly BusyMinute[], switchedAt: number, until: number): boolean {
  const minutes = [...new Set(busy)].sort((a, b) => a - b);
  const before = minutes.filter((at) => at < switchedAt && at >= switchedAt - rhythmMs);
  if (before.length < 2) return false;
  const edges = [switchedAt - rhythmMs, ...before, switchedAt];
  const pauses = edges.slice(1).map((at, index) => at - (edges[index] ?? at));
  const needed = Math.max(shortestSilenceMs, 2 * Math.max(...pauses));
  // a minute is over when the next one begins
  const last = Math.max(switchedAt, (minutes.at(-1) ?? 0) + minuteMs);
  return until - last >= needed;
}
