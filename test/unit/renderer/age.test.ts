import { describe, expect, it } from 'vitest';
import { ageAgo, dayName, shortAge } from '../../../renderer/format/age.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.UTC(2026, 9, 12, 12);

describe('an age', () => {
  it.each([
    [0, 'now'],
    [44_000, 'now'],
    [50_000, '1 min'],
    [2 * minute, '2 min'],
    [59 * minute, '59 min'],
    [hour, '1 h'],
    [23 * hour, '23 h'],
    [day, '1 day'],
    [59 * day, '59 days'],
    [90 * day, '3 months'],
    [3 * 365.25 * day, '3 years'],
  ])('of %i ms reads “%s”', (passed, text) => {
    expect(shortAge(now - passed, now)).toBe(text);
  });

  it('of something later than now is no age: a clock was set back', () => {
    expect(shortAge(now + hour, now)).toBe('now');
    expect(ageAgo(now + hour, now)).toBe('just now');
  });
});

it('days are called today and yesterday before they get dates', () => {
  expect(dayName(now - minute, now)).toBe('Today');
  expect(dayName(now - day, now)).toBe('Yesterday');
  expect(dayName(now - 5 * day, now)).toBe('7 Oct 2026');
});
