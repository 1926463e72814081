import { expect, test } from 'vitest';
import { createGithubExports } from '../../../core/exports/github.ts';
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
