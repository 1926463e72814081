import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { nativeScrypt, slicedScrypt } from '../../../platform/vault/scrypt.ts';

test.each([1, 5, 12])('both make the same of a passphrase, with 2^%i', async (logN) => {
  const salt = randomBytes(44);
  const native = await nativeScrypt('pässword 🦅', salt, logN);
  expect(native).toHaveLength(32);
  expect(Buffer.from(await slicedScrypt('pässword 🦅', salt, logN)).equals(native)).toBe(true);
});

test('while one is made in slices the process goes on', async () => {
  let rounds = 0;
  const count = (): void => {
    rounds += 1;
    next = setImmediate(count);
  };
  let next = setImmediate(count);
  await slicedScrypt('x', randomBytes(44), 16);
  clearImmediate(next);
  expect(rounds).toBeGreaterThan(5);
});
