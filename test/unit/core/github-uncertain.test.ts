import { expect, test } from 'vitest';
import { createGithubExports } from '../../../core/exports/github/github.ts';
import { type ErrorCode, VarvelError } from '../../../core/model/error.ts';
import { createWorld } from './world.ts';

const target = { repository: 'acme/shop', environment: null, variable: 'FAL_KEY' };
const profile = { name: 'staging', account: null, keyId: 'key-1', host: null, color: 'teal', note: null };

test.each<[ErrorCode, number]>([
  ['unreachable', 1],
  ['cancelled', 1],
  ['not_found', 0],
  ['not_signed_in', 0],
  ['refused', 0],
])('a secret whose setting ends in %s is remembered when GitHub may have it', async (code, remembered) => {
  using world = createWorld();
  world.state.profiles.put(profile);
  const github = {
    ...world.github,
    setSecret: () => Promise.reject(new VarvelError(code, 'It ended.', '')),
  };
  const exports = createGithubExports(
    { ...world, github },
    { variables: async () => ({ FAL_KEY: 'key-1:secret' }), log: () => undefined },
  );
  await expect(exports.set(profile, target)).rejects.toMatchObject({ code });
  expect(exports.list('key-1')).toHaveLength(remembered);
});

test('a secret gets the key that took the place of the chosen one while that was read', async () => {
  using world = createWorld();
  world.state.profiles.put(profile);
  const variables = async ({ keyId }: { keyId: string | null }) => {
    world.state.profiles.put({ ...profile, keyId: 'key-2' });
    return { FAL_KEY: `${keyId}:secret` };
  };
  const exports = createGithubExports(world, { variables, log: () => undefined });
  expect(await exports.set(profile, target)).toMatchObject({ keyId: 'key-2' });
  expect([...world.github.held.values()]).toEqual(['key-2:secret']);
  expect(exports.list(null)).toMatchObject([{ keyId: 'key-2', state: 'fresh' }]);
});
