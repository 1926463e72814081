import { describe, expect, it } from 'vitest';
import { countOf } from '../../../renderer/format/count.ts';
import { formatMoney, formatPrice } from '../../../renderer/format/money.ts';

describe('an amount of money', () => {
  it.each([
    [24.5, '$24.50'],
    [1250, '$1,250.00'],
    [0, '$0.00'],
    [0.003, '$0.003'],
    [0.0025, '$0.0025'],
    [-3.2, '-$3.20'],
  ])('%d reads %s', (amount, text) => {
    expect(formatMoney(amount, 'USD')).toBe(text);
  });

  it('in something that is no currency is told as it is', () => {
    expect(formatMoney(3, 'credits')).toBe('3 credits');
  });
});

it('a price names its unit in the singular', () => {
  expect(formatPrice({ amount: 0.003, currency: 'USD', unit: 'megapixels' })).toBe('$0.003 per megapixel');
  expect(formatPrice({ amount: 1, currency: 'USD', unit: 'call' })).toBe('$1.00 per call');
});

it('counts have their own plural', () => {
  expect([countOf(1, 'key'), countOf(0, 'key'), countOf(10_000, 'entry', 'entries')]).toEqual([
    '1 key',
    '0 keys',
    '10,000 entries',
  ]);
});
