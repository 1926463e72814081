import fc from 'fast-check';
import { expect, test } from 'vitest';
import { budgetPeriods } from '../../../core/model/fal/budget.ts';
import { dateIn, isZone, ownZone, periodOf } from '../../../core/money/periods.ts';

const dayMs = 86_400_000;
const date = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
const day = (text: string): number => Date.parse(text) / dayMs;
const dates = fc.integer({ min: day('1990-01-01'), max: day('2100-12-31') }).map(date);
const zones = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
);

test('every date is in exactly one period, and the next one begins the day after', () => {
  fc.assert(
    fc.property(dates, fc.constantFrom(...budgetPeriods), (at, period) => {
      const { from, to } = periodOf(period, at);
      expect(from <= at && at <= to).toBe(true);
      expect(periodOf(period, from)).toEqual({ from, to });
      expect(periodOf(period, to)).toEqual({ from, to });
      expect(periodOf(period, date(day(to) + 1)).from).toBe(date(day(to) + 1));
      expect(periodOf(period, date(day(from) - 1)).to).toBe(date(day(from) - 1));
    }),
  );
});

test('a week begins on Monday, a month on its first, leap years included', () => {
  expect(periodOf('week', '2026-11-27')).toEqual({ from: '2026-11-23', to: '2026-11-29' });
  expect(periodOf('week', '2027-01-01')).toEqual({ from: '2026-12-28', to: '2027-01-03' });
  expect(periodOf('month', '2028-02-29')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
  expect(periodOf('month', '2100-02-03')).toEqual({ from: '2100-02-01', to: '2100-02-28' });
  expect(periodOf('month', '2026-12-31')).toEqual({ from: '2026-12-01', to: '2026-12-31' });
  expect(periodOf('day', '2026-03-29')).toEqual({ from: '2026-03-29', to: '2026-03-29' });
  fc.assert(
    fc.property(dates, (at) => {
      expect(new Date(periodOf('week', at).from).getUTCDay()).toBe(1);
      expect(periodOf('month', at).from.slice(8)).toBe('01');
    }),
  );
});

test('at midnight in its zone a day gives way to the next one, whatever the clocks do that night', () => {
  fc.assert(
    fc.property(
      zones,
      fc.date({ min: new Date('2000-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
      (zone, at) => {
        const here = dateIn(zone, at.getTime());
        expect(here).toMatch(/^\d{4}-\d\d-\d\d$/);
        // what a wall clock there shows
        const shown = at.toLocaleDateString('en-GB', {
          timeZone: zone,
          day: 'numeric',
          month: 'numeric',
          year: 'numeric',
        });
        const [d, m, y] = shown.split('/').map(Number);
        expect(here).toBe(`${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`);
        // dates never go back
        expect(dateIn(zone, at.getTime() + 60_000) >= here).toBe(true);
      },
    ),
  );
  // the clocks change in the night to Sunday
  expect(dateIn('Europe/Berlin', Date.parse('2026-03-28T22:59:59Z'))).toBe('2026-03-28');
  expect(dateIn('Europe/Berlin', Date.parse('2026-03-28T23:00:00Z'))).toBe('2026-03-29');
  expect(dateIn('Europe/Berlin', Date.parse('2026-03-29T21:59:59Z'))).toBe('2026-03-29');
  expect(dateIn('Europe/Berlin', Date.parse('2026-03-29T22:00:00Z'))).toBe('2026-03-30');
});

test('a zone that this machine doesn’t know counts as UTC, and its own is known', () => {
  expect(dateIn('Moon/Tranquility', Date.parse('2026-11-27T23:59:59Z'))).toBe('2026-11-27');
  expect(isZone('Moon/Tranquility')).toBe(false);
  expect(isZone(ownZone())).toBe(true);
});
