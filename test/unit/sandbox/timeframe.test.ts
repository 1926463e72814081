import { describe, expect, it } from 'vitest';
import { openZone, type Timeframe, timeframeFor, type Zone } from '../../../sandbox/usage/timeframe.ts';

const zone = (name: string): Zone => {
  const found = openZone(name);
  if (!found) throw new Error(`no zone ${name}`);
  return found;
};

const startOf = (name: string, time: string, timeframe: Timeframe): string =>
  zone(name).format(zone(name).startOf(Date.parse(time), timeframe));

describe('a usage bucket', () => {
  it('starts where its timeframe starts on the clocks of its time zone', () => {
    const time = '2026-03-18T03:47:31Z';
    expect(startOf('UTC', time, 'minute')).toBe('2026-03-18T03:47:00+00:00');
    expect(startOf('UTC', time, 'hour')).toBe('2026-03-18T03:00:00+00:00');
    expect(startOf('UTC', time, 'day')).toBe('2026-03-18T00:00:00+00:00');
    expect(startOf('America/New_York', time, 'day')).toBe('2026-03-17T00:00:00-04:00');
    expect(startOf('Asia/Kolkata', time, 'hour')).toBe('2026-03-18T09:00:00+05:30');
    expect(startOf('UTC', time, 'week')).toBe('2026-03-16T00:00:00+00:00');
    expect(startOf('UTC', time, 'month')).toBe('2026-03-01T00:00:00+00:00');
  });

  it('has the length of its day when the clocks change', () => {
    const newYork = zone('America/New_York');
    const start = newYork.midnight('2026-03-08');
    expect((newYork.nextStart(start, 'day') - start) / 3_600_000).toBe(23);
    expect(newYork.format(newYork.midnight('2026-11-01'))).toBe('2026-11-01T00:00:00-04:00');
  });

  it('is as long as fal picks it', () => {
    const hour = 3_600_000;
    const picked = [1, 2, 47, 48, 63 * 24, 64 * 24, 182 * 24, 183 * 24].map((hours) =>
      timeframeFor(0, hours * hour),
    );
    expect(picked).toEqual(['minute', 'hour', 'hour', 'day', 'day', 'week', 'week', 'month']);
  });

  it('has no time zone nobody knows', () => {
    expect(openZone('Nowhere/At_All')).toBeUndefined();
  });
});
