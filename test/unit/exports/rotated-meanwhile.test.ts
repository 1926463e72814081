import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createExports } from '../../../core/exports/exports.ts';
import type { Profile } from '../../../core/model/profile.ts';
import type { Files } from '../../../core/ports.ts';
import { secretName } from '../../../core/ports.ts';
import { createFiles } from '../../../platform/files/files.ts';
import { createWorld } from '../core/world.ts';

const ada = { id: 'ada-id', nickname: 'ada' };
const grace = { id: 'grace-id', nickname: 'grace' };
const before = '# mine\r\nFAL_KEY="old" # here\r\nB=2';

/** A file, two profiles, and keys: a profile can be given another one between plan and write, or while the file is written. */
async function setUp() {
  const world = createWorld();
  const { state, secrets, folder } = world;
  const file = join(folder, '.env');
  writeFileSync(file, before);
  const give = async (name: string, keyId: string, account: Profile['account'] = ada) => {
    await secrets.set(secretName.key(keyId), `${keyId}:secret-of-${keyId}`);
    state.profiles.put({ name, account, keyId, host: null, color: 'red', note: null });
  };
  await give('one', 'k1');
  await give('two', 'k2');
  const real = createFiles(world.locks, state.temporaryFiles);
  const during: { written: () => Promise<void> } = { written: async () => undefined };
  const files: Files = {
    ...real,
    async patch(...args) {
      const patched = await real.patch(...args);
      const { written } = during;
      during.written = async () => undefined;
      await written();
      return patched;
    },
  };
  const exports = createExports({ ...world, files, git: { state: async () => 'ignored' } });
  const target = await exports.open(file);
  const plan = await target.planAll(
    state.profiles.all().map((profile) => ({
      profile,
      variable: profile.name === 'one' ? 'FAL_KEY' : 'FAL_KEY_TWO',
    })),
    null,
  );
  const undo = async () => (await exports.open(file)).undoAll(['FAL_KEY', 'FAL_KEY_TWO']);
  return { world, give, during, plan, undo, exports, text: () => readFileSync(file, 'utf8') };
}

test.each([
  ['before the file is written', true],
  ['while the file is written', false],
])('a key that is rotated %s is not what the file gets, and undo restores every byte', async (_, early) => {
  const { world, give, during, plan, undo, exports, text } = await setUp();
  using _world = world;
  const rotated = () => give('one', 'k3');
  if (early) await rotated();
  else during.written = rotated;
  expect(await plan.write()).toMatchObject({ written: true, keyIds: ['k3', 'k2'] });
  expect(text()).toContain('FAL_KEY=k3:secret-of-k3 # here');
  expect(text()).toContain('FAL_KEY_TWO=k2:secret-of-k2');
  expect(text()).not.toContain('secret-of-k1');
  expect(await exports.whereUsed(null)).toMatchObject([
    { keyId: 'k3', state: 'fresh' },
    { keyId: 'k2', state: 'fresh' },
  ]);
  await undo();
  expect(text()).toBe(before);
});

test('a profile that got another account, or was deleted, before the file is written leaves it as it is', async () => {
  const { world, give, plan, text } = await setUp();
  using _world = world;
  await give('one', 'k3', grace);
  await expect(plan.write()).rejects.toMatchObject({ code: 'conflict' });
  world.state.profiles.remove('one');
  await expect(plan.write()).rejects.toMatchObject({ code: 'not_found' });
  expect(text()).toBe(before);
  expect(world.state.exports.all()).toEqual([]);
});
