import { expect, test } from 'vitest';
import { passphraseStrength, refuseWeak } from '../../../core/passphrase/strength.ts';

test.each([
  ['abc', 'weak', /^Weak: 3 characters\. Common character sequences/],
  ['hunter2', 'weak', /^Weak: 7 /],
  ['summer2026!', 'weak', /^Weak: 11 /],
  ['🦅🦅🦅', 'weak', /^Weak: 3 /],
  ['correct horse', 'fair', /^Fair: 13 /],
  ['correct horse battery staple', 'strong', /^Strong: 28 /],
])('of %j it is said how hard it is to guess', async (passphrase, level, said) => {
  expect(await passphraseStrength(passphrase)).toMatchObject({ level, message: expect.stringMatching(said) });
});

test('a weak one is refused with what to do; a long one takes no time', async () => {
  await expect(refuseWeak('abc')).rejects.toMatchObject({
    code: 'invalid',
    hint: { action: 'advice', text: 'Use four or five random words.' },
  });
  await expect(refuseWeak('orchard velvet tin')).resolves.toBeUndefined();
  const start = performance.now();
  await passphraseStrength('x7'.repeat(2000));
  expect(performance.now() - start).toBeLessThan(5000);
});
