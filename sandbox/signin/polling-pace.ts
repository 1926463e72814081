/** Notices programs that poll a device sign-in faster than they were told (RFC 8628, 3.5). */
export interface PollingPace {
  /**
   * Notes a poll that found the sign-in still pending.
   * @param now in milliseconds
   * @returns whether the one before was less than about half the interval ago: a busy machine's jitter is forgiven
   */
  tooFast(deviceCode: string, now: number): boolean;
}

/** @param interval in seconds, as advertised */
export const createPollingPace = (interval: number): PollingPace => {
  const polls = new Map<string, number>();
  return {
    tooFast(deviceCode, now) {
      const before = polls.get(deviceCode);
      polls.set(deviceCode, now);
      return before !== undefined && now - before < interval * 500;
    },
  };
};
