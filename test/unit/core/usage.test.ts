import { expect, test } from 'vitest';
import { daysBetween, sumsOf, totalsOf, type UsageLine } from '../../../core/model/fal/usage.ts';

const line = (change: Partial<UsageLine>): UsageLine => ({
  day: '2026-11-01',
  account: { id: 'a', nickname: 'ada' },
  endpointId: 'fal-ai/flux',
  unit: 'images',
  quantity: 1,
  cost: 0.1,
  currency: 'USD',
  keyId: 'k1',
  member: null,
  caller: 'bots',
  ...change,
});

test('money is added without crumbs, dearest first, and never across currencies', () => {
  const lines = [
    line({}),
    line({ cost: 0.2 }),
    line({ currency: 'EUR', cost: 5 }),
    line({ keyId: 'k2', cost: 3 }),
  ];
  expect(sumsOf(lines, 'key').map(({ keyId, cost, currency }) => [keyId, cost, currency])).toEqual([
    ['k1', 5, 'EUR'],
    ['k2', 3, 'USD'],
    ['k1', 0.3, 'USD'],
  ]);
  expect(totalsOf(lines)).toEqual([
    { currency: 'USD', cost: 3.3 },
    { currency: 'EUR', cost: 5 },
  ]);
});

test('keys of the same alias in two accounts stay two; days stand in their order', () => {
  const other = { id: 'b', nickname: 'bob' };
  const lines = [
    line({ day: '2026-11-02' }),
    line({ account: other, keyId: 'k9' }),
    line({ keyId: null, caller: '' }),
  ];
  expect(sumsOf(lines, 'key')).toHaveLength(3);
  expect(sumsOf(lines, 'key').at(-1)?.name).toBe('without a key');
  expect(sumsOf(lines, 'day').map(({ name }) => name)).toEqual(['2026-11-01', '2026-11-02']);
});

test('every day between two is there, over the end of a month and a leap day', () => {
  expect(daysBetween('2028-02-27', '2028-03-01')).toEqual([
    '2028-02-27',
    '2028-02-28',
    '2028-02-29',
    '2028-03-01',
  ]);
  expect(daysBetween('2026-11-22', '2026-11-22')).toEqual(['2026-11-22']);
});
