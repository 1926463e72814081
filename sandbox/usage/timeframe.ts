/** The timeframes of usage reports (Platform API description, `GET /models/usage`). */
export const timeframes = ['minute', 'hour', 'day', 'week', 'month'] as const;

export type Timeframe = (typeof timeframes)[number];

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** fal's default timeframe: minute (<2h), hour (<2d), day (<64d), week (<183d), month. Times in milliseconds. */
export const timeframeFor = (start: number, end: number): Timeframe => {
  const length = end - start;
  if (length < 2 * hour) return 'minute';
  if (length < 2 * day) return 'hour';
  if (length < 64 * day) return 'day';
  return length < 183 * day ? 'week' : 'month';
};

/** A time zone by its IANA name. */
export interface Zone {
  /** Minutes east of UTC at a moment. */
  offsetAt(ms: number): number;
  /** The start of a moment's timeframe. */
  startOf(ms: number, timeframe: Timeframe): number;
  /** The start of the next timeframe after a moment. */
  nextStart(ms: number, timeframe: Timeframe): number;
  /** Midnight of a date like `2025-01-31`. */
  midnight(date: string): number;
  /** ISO 8601 with this zone's offset. */
  format(ms: number): string;
}

/** Opens a time zone; undefined for an unknown name. */
export const openZone = (name: string): Zone | undefined => {
  let parts: Intl.DateTimeFormat;
  try {
    parts = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }

  /** A moment's wall clock, as if it were UTC. */
  const wall = (ms: number): number => {
    const read = Object.fromEntries(parts.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day: date = 1, hour: h = 0, minute: m = 0, second: s = 0 } = read;
    return Date.UTC(year, month - 1, date, h, m, s) + (((ms % 1000) + 1000) % 1000);
  };
  const offset = (ms: number): number => wall(ms) - ms;

  /** The moment at which this zone's clocks show a wall clock. */
  const moment = (clock: number): number => {
    const guess = clock - offset(clock);
    return clock - offset(guess);
  };

  const floor = (clock: number, timeframe: Timeframe): number => {
    if (timeframe === 'minute') return clock - (clock % minute);
    if (timeframe === 'hour') return clock - (clock % hour);
    const at = new Date(clock);
    if (timeframe === 'month') return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1);
    const midnight = clock - (clock % day);
    return timeframe === 'day' ? midnight : midnight - ((at.getUTCDay() + 6) % 7) * day;
  };

  const next = (clock: number, timeframe: Timeframe): number => {
    const start = floor(clock, timeframe);
    const at = new Date(start);
    switch (timeframe) {
      case 'minute':
        return start + minute;
      case 'hour':
        return start + hour;
      case 'day':
        return start + day;
      case 'week':
        return start + 7 * day;
      case 'month':
        return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1);
    }
  };

  return {
    offsetAt: (ms) => offset(ms) / minute,
    startOf: (ms, timeframe) => moment(floor(wall(ms), timeframe)),
    nextStart: (ms, timeframe) => moment(next(wall(ms), timeframe)),
    midnight: (date) => moment(Date.parse(`${date}T00:00:00Z`)),
    format(ms) {
      const shift = offset(ms) / minute;
      const two = (value: number): string => String(Math.floor(Math.abs(value))).padStart(2, '0');
      const clock = new Date(ms + shift * minute).toISOString().slice(0, 19);
      return `${clock}${shift < 0 ? '-' : '+'}${two(shift / 60)}:${two(Math.abs(shift) % 60)}`;
    },
  };
};
