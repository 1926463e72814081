import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkAlias } from '../../../../core/model/fal/alias.ts';
import { nextAlias } from '../../../../core/rotation/generation.ts';
import {
  randomDigits,
  readTemporaryAlias,
  temporaryAlias,
} from '../../../../core/temporary/temporary-alias.ts';
import { parseTtl } from '../../../../core/temporary/ttl.ts';

const names = fc.string({ minLength: 1, maxLength: 260, unit: 'grapheme-ascii' });
const seconds = fc.integer({ min: 1_600_000_000, max: 4_000_000_000 });

test('a temporary alias says its name and its end, and fal takes it', () => {
  fc.assert(
    fc.property(names, seconds, (name, second) => {
      const alias = temporaryAlias(name, second * 1000, randomDigits());
      expect(readTemporaryAlias(alias)).toEqual({ name: name.slice(0, 210), expiresAt: second * 1000 });
      expect([...alias].length).toBeLessThanOrEqual(255);
    }),
  );
  const alias = temporaryAlias('train', Date.UTC(2026, 10, 27, 2, 30), '9f3a12cd');
  expect(checkAlias(alias)).toBe('train--varvel-until-20261127T023000Z-9f3a12cd');
});

test.each([
  null,
  '',
  'bots',
  'train--varvel-until-tomorrow',
  'train-varvel-until-20261127T023000Z-9f3a12cd',
  '--varvel-until-20261127T023000Z-9f3a12cd',
  // no such day, no such hour
  'train--varvel-until-20260230T023000Z-9f3a12cd',
  'train--varvel-until-20261127T243000Z-9f3a12cd',
  'train--varvel-until-20261127T023000Z-9F3A12CD',
  'train--varvel-until-20261127T023000Z-9f3a12c',
  'train--varvel-until-20261127T023000Z-9f3a12cd again',
  nextAlias('train--varvel-until-20261127T023000Z-9f3a12cd', 'id', 'ffff'),
])('%s is nobody’s temporary key', (alias) => {
  expect(readTemporaryAlias(alias)).toBeNull();
});

test('a time is read in seconds to weeks, and one that is no time or too long is refused', () => {
  expect(['90s', '30m', '2h', '7d', '2w'].map(parseTtl)).toEqual([
    90_000, 1_800_000, 7_200_000, 604_800_000, 1_209_600_000,
  ]);
  for (const text of ['0s', '0', '', '2 h', 'never', '91d', '-1h'])
    expect(() => parseTtl(text)).toThrow(/duration|live for/);
});
