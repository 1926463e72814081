/** What time servers say it is, from the Date header of their answers (RFC 9110, 6.6.1). */
export function createServerClock() {
  let last: { time: number; at: number } | null = null;
  return {
    /** @param date the header; anything else is ignored */
    learn(date: string | null | undefined): void {
      const time = Date.parse(date ?? '');
      if (Number.isFinite(time)) last = { time, at: performance.now() };
    },
    now: (): number | null => last && last.time + (performance.now() - last.at),
  };
}
