/** A minute in which fal counted calls with a key: when it began, in milliseconds since 1970. */
export type BusyMinute = number;

const minuteMs = 60_000;

/** How far back usage is read to learn a key's rhythm, in milliseconds. */
export const rhythmMs = 86_400_000;

/** The shortest silence that says anything: fal counts calls with a delay. In milliseconds. */
export const shortestSilenceMs = 15 * minuteMs;

/**
 * Whether a key is silent since it was replaced. A key that was used once an hour says nothing by half an hour of
 * silence, so its rhythm decides: twice its longest pause in the day before, and at least a quarter of an hour. The
 * time before that day's first call and after its last are pauses too: a job that runs at night is silent all day.
 * A key that had no two calls in that day has no rhythm, and only the grace period can tell.
 */
export function isSilent(busy: readonly BusyMinute[], switchedAt: number, now: number): boolean {
  const minutes = [...new Set(busy)].sort((a, b) => a - b);
  const before = minutes.filter((at) => at < switchedAt && at >= switchedAt - rhythmMs);
  if (before.length < 2) return false;
  const edges = [switchedAt - rhythmMs, ...before, switchedAt];
  const pauses = edges.slice(1).map((at, index) => at - (edges[index] ?? at));
  const needed = Math.max(shortestSilenceMs, 2 * Math.max(...pauses));
  // a minute is over when the next one begins
  const last = Math.max(switchedAt, (minutes.at(-1) ?? 0) + minuteMs);
  return now - last >= needed;
}
