/** Detects programs that poll a device sign-in too fast (RFC 8628, 3.5). */
export interface PollingPace {
  /**
   * Records a poll of a pending sign-in.
   * @param now in milliseconds
   * @returns whether the last one was less than about half the interval ago, to tolerate a busy machine's jitter
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
