import type { BudgetPeriod, PeriodDates } from '../model/fal/budget.ts';

const dayMs = 86_400_000;

/** A date's days since 1970, with no zone: calendar dates are counted, not hours, so that no clock change moves one. */
const dayNumber = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / dayMs);
const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** The date in a zone at a time in milliseconds since 1970: 2026-11-27. An unknown zone counts as UTC. */
export function dateIn(zone: string, at: number): string {
  const inZone = (timeZone: string) =>
    new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const format = isZone(zone) ? inZone(zone) : inZone('UTC');
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`;
}

export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== null;
  } catch {
    return false;
  }
}

/** The time zone of this machine. */
export const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The period that a date is in. A week begins on Monday. */
export function periodOf(period: BudgetPeriod, date: string): PeriodDates {
  const day = dayNumber(date);
  switch (period) {
    case 'day':
      return { from: date, to: date };
    case 'week': {
      // 1 January 1970 was a Thursday
      const monday = day - ((day + 3) % 7);
      return { from: dateOf(monday), to: dateOf(monday + 6) };
    }
    case 'month': {
      const [year = 1970, month = 1] = date.split('-').map(Number);
      return {
        from: `${date.slice(0, 7)}-01`,
        to: dateOf(Math.round(Date.UTC(year, month, 1) / dayMs) - 1),
      };
    }
  }
}
