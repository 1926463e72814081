import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createExports } from '../../../core/exports/exports.ts';
import type { Files } from '../../../core/ports.ts';
import { secretName } from '../../../core/ports.ts';
import { createFiles } from '../../../platform/files/files.ts';
import { createWorld } from '../core/world.ts';

test('who watches the exports is told once more when a file has been written, or an export undone', async () => {
  using world = createWorld();
  const { state, secrets, folder } = world;
  await secrets.set(secretName.key('k'), 'k:s');
  state.profiles.put({ name: 'p', account: null, keyId: 'k', host: null, color: 'red', note: null });
  const [profile] = state.profiles.all();
  if (!profile) throw new Error('no profile');
  const real = createFiles(world.locks, state.temporaryFiles);
  let counted = 0;
  const files: Files = {
    ...real,
    async patch(...args) {
      const patched = await real.patch(...args);
      counted = state.topics().exports;
      return patched;
    },
  };
  const git = { state: async () => 'ignored' as const };
  const exports = createExports({ ...world, files, git });
  const target = await exports.open(join(folder, '.env'));
  const plan = await target.plan({ profile, format: null, variable: null });
  await plan.write();
  expect(state.topics().exports).toBeGreaterThan(counted);
  await (await exports.open(join(folder, '.env'))).undo(null);
  expect(state.topics().exports).toBeGreaterThan(counted);
});
