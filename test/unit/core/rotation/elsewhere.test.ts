import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFalcli } from '../../../../core/falcli/falcli.ts';
import type { GitState } from '../../../../core/model/machine/git-state.ts';
import type { Ports } from '../../../../core/ports.ts';
import { createMortal } from './mortal.ts';

const start = (mortal: ReturnType<typeof createMortal>) => {
  const key = mortal.world.state.keys.get('key-1');
  if (!key) throw new Error('no key');
  return mortal.rotations().start({ key, graceMs: 0 });
};

test.each<[GitState, RegExp]>([
  ['tracked', /git tracks .*\.env: the key would be in its next commit/],
  ['unknown', /Git didn’t say whether it tracks .*\.env/],
])('a file that git calls %s gets no new key, and holds the revoke', async (gitState, words) => {
  const mortal = createMortal();
  using _ = mortal;
  await mortal.prepare();
  const before = readFileSync(mortal.file, 'utf8');
  mortal.git.state = gitState;
  await expect(start(mortal)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(words),
  });
  expect(readFileSync(mortal.file, 'utf8')).toBe(before);
  expect(mortal.atFal.has('key-1')).toBe(true);
  mortal.git.state = 'ignored';
  expect(await mortal.rotations().resume('key-1', 0)).toMatchObject({ step: 'ended' });
  expect(readFileSync(mortal.file, 'utf8')).toContain('key-2:secret-2-end');
});

test('a file of the fal CLI that Varvel wrote where FAL_CONFIG_PATH said something else gets the new key, too', async () => {
  const mortal = createMortal();
  using _ = mortal;
  await mortal.prepare();
  const other = join(mortal.world.folder, 'other.toml');
  writeFileSync(other, '# mine\n');
  const there: Ports = { ...mortal.ports, falConfigPath: other };
  const falcli = createFalcli(there, { storeKey: async () => undefined, createProfile: () => undefined });
  await falcli.apply(there.state.profiles.get('staging'), true);
  expect(readFileSync(other, 'utf8')).toContain('key-1:secret-1-end');
  expect(await start(mortal)).toMatchObject({ step: 'ended' });
  expect(readFileSync(other, 'utf8')).toContain('key-2:secret-2-end');
  expect(readFileSync(other, 'utf8')).not.toContain('secret-1-end');
});

test('an ADMIN key is rotated by a sign-in only, and without one it says so', async () => {
  const mortal = createMortal();
  using _ = mortal;
  await mortal.prepare();
  const key = mortal.world.state.keys.get('key-1');
  if (!key) throw new Error('no key');
  mortal.world.state.keys.put({ ...key, scope: 'ADMIN' });
  mortal.falIs.admin = true;
  mortal.manages.scopes = ['API'];
  await expect(start(mortal)).rejects.toMatchObject({
    code: 'not_signed_in',
    hint: { action: 'sign_in_for_admin_key' },
  });
  expect([...mortal.atFal.keys()]).toEqual(['key-1']);
});

test('a tracked file that doesn’t have the key any more holds nothing', async () => {
  const mortal = createMortal();
  using _ = mortal;
  await mortal.prepare();
  writeFileSync(mortal.file, 'FAL_KEY=another:key\n');
  writeFileSync(mortal.ports.falConfigPath ?? '', '');
  mortal.git.state = 'tracked';
  expect(await start(mortal)).toMatchObject({ step: 'ended', refused: [] });
  expect(readFileSync(mortal.file, 'utf8')).toBe('FAL_KEY=another:key\n');
});
