import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextAlias } from '../../../../core/rotation/generation.ts';
import { parseGrace } from '../../../../core/rotation/grace.ts';
import { countedUntil, isSilent } from '../../../../core/rotation/silence.ts';

const minute = 60_000;
const hour = 60 * minute;

test('a new key has its predecessor’s name and the next number, and never the same alias', () => {
  expect(nextAlias('bots', 'k', '9f3a')).toBe('bots-g2-9f3a');
  expect(nextAlias('bots-g2-9f3a', 'k', '00ff')).toBe('bots-g3-00ff');
  expect(nextAlias('bots-g2', 'k', '00ff')).toBe('bots-g2-g2-00ff');
  expect(nextAlias(null, '3f9c0a12-7be0', '00ff')).toBe('key-3f9c0a12-g2-00ff');
  const pasted = '37ed22eb-9938-4bfd-a7b0-be4c71637d53:7a46c6ba342c9b7c2dbb3ca279b53380';
  expect(nextAlias(pasted, '3f9c0a12-7be0', '00ff')).toBe('key-3f9c0a12-g2-00ff');
  expect([...nextAlias('🦅'.repeat(255), 'k', '00ff')].length).toBeLessThanOrEqual(255);
});

test('a grace period is a duration up to 90 days, and 0 is none', () => {
  expect(parseGrace('0')).toBe(0);
  expect(parseGrace('45s')).toBe(45_000);
  expect(parseGrace('24h')).toBe(24 * hour);
  for (const text of ['91d', '-1h', '1', 'soon', ''])
    expect(() => parseGrace(text)).toThrow(expect.objectContaining({ code: 'invalid' }));
});

test('a key that is used every few minutes is silent after a quarter of an hour, an hourly one after two hours', () => {
  const at = 1_000 * hour;
  const every = (ms: number) => Array.from({ length: (24 * hour) / ms }, (_, index) => at - (index + 1) * ms);
  expect(isSilent(every(3 * minute), at, at + 14 * minute)).toBe(false);
  expect(isSilent(every(3 * minute), at, at + 15 * minute)).toBe(true);
  expect(isSilent(every(hour), at, at + 119 * minute)).toBe(false);
  expect(isSilent(every(hour), at, at + 120 * minute)).toBe(true);
  // used again after the switch, by something that Varvel doesn't know
  expect(isSilent([...every(3 * minute), at + 10 * minute], at, at + 20 * minute)).toBe(false);
});

test('a key whose calls fal has not counted yet is not silent, however late its usage is', () => {
  const at = 1_000 * hour;
  for (const late of [2, 14, 16, 45, 240].map((minutes) => minutes * minute)) {
    // it is used every minute, before the switch and after
    for (let now = at; now < at + 24 * hour; now += 5 * minute) {
      const busy: number[] = [];
      for (let call = at - 24 * hour; call <= now - late; call += minute) busy.push(call);
      const ofAll = busy.filter((call) => call >= at);
      expect(isSilent(busy, at, countedUntil(ofAll))).toBe(false);
    }
  }
  // another key's calls tell how far fal has counted
  const before = Array.from({ length: 60 * 24 }, (_, index) => at - (index + 1) * minute);
  expect(isSilent(before, at, countedUntil([]))).toBe(false);
  expect(isSilent(before, at, countedUntil([at + 14 * minute]))).toBe(false);
  expect(isSilent(before, at, countedUntil([at, at + 16 * minute]))).toBe(true);
});

test('a job that ran at night keeps its key all day, however often it called', () => {
  const at = 1_000 * hour;
  const night = Array.from({ length: 12 }, (_, index) => at - 8 * hour - index * minute);
  expect(isSilent(night, at, at + 16 * minute)).toBe(false);
  expect(isSilent(night, at, at + 24 * hour)).toBe(false);
  // one that began only now says as little
  const young = Array.from({ length: 12 }, (_, index) => at - (index + 1) * minute);
  expect(isSilent(young, at, at + 24 * hour)).toBe(false);
});

test('a key without a rhythm is never called silent: the timer decides', () => {
  const at = 1_000 * hour;
  expect(isSilent([], at, at + 80 * hour)).toBe(false);
  expect(isSilent([at - hour], at, at + 80 * hour)).toBe(false);
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 24 * 60 })),
      fc.integer({ min: 0, max: 900 }),
      (ago, later) => {
        const busy = ago.map((minutes) => at - minutes * minute);
        // never before a quarter of an hour, whatever was before
        if (later < 15) expect(isSilent(busy, at, at + later * minute)).toBe(false);
      },
    ),
  );
});
