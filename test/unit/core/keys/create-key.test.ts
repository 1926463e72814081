import { expect, test } from 'vitest';
import type { KeyAccess } from '../../../../core/keys/key-access.ts';
import { createKeyList } from '../../../../core/keys/key-list.ts';
import { createKeyStore } from '../../../../core/keys/key-store.ts';
import { createKeyTest } from '../../../../core/keys/key-test.ts';
import { createKeys } from '../../../../core/keys/keys.ts';
import { createProfiles } from '../../../../core/profiles/profiles.ts';
import { createTemporaryKeys } from '../../../../core/temporary/temporary-keys.ts';
import { lockedVault } from '../../../fakes/memory-secrets.ts';
import { clientsOf, createWorld } from '../world.ts';

const ada = { id: 'u1', nickname: 'ada' };
const request = { alias: 'bots', scope: 'API', account: null, profile: 'staging', ttlMs: null } as const;

/** Keys of one account at a fal that counts what it makes. */
function keysOf(onCreate: () => unknown = () => undefined) {
  const world = createWorld();
  const made: string[] = [];
  const manager = {
    account: ada,
    identityId: 'i',
    list: async () => [],
    lists: () => true,
    create: async (alias: string) => {
      onCreate();
      made.push(alias);
      return { id: `k${made.length}`, secret: 's' };
    },
    revoke: async () => undefined,
  };
  const keyAccess: KeyAccess = {
    adminOnly: () => [],
    for: () => manager,
    find: async () => manager,
    all: async () => ({ managers: [manager], problems: [] }),
  };
  const store = createKeyStore(world);
  const temporaryKeys = createTemporaryKeys(world, { keyAccess, store });
  const parts = {
    keyAccess,
    temporaryKeys,
    keyList: createKeyList(world, keyAccess, temporaryKeys),
    store,
    test: createKeyTest(world, clientsOf({}), store),
    profiles: createProfiles(world),
  };
  return { world, made, keys: createKeys(world, parts) };
}

test('a new key is in the vault and in the list, and its profile points at it', async () => {
  const { world, keys } = keysOf();
  using _ = world;
  expect(await keys.create(request)).toMatchObject({
    outcome: 'stored',
    profile: { name: 'staging', keyId: 'k1', account: ada },
  });
  expect(world.secrets.entries.get('key/k1')).toBe('k1:s');
  expect(keys.find('bots')).toMatchObject({ id: 'k1', scope: 'API', account: ada });
});

test('a vault that can’t be prepared, a bad alias and a bad profile name are told before fal makes anything', async () => {
  const { world, made, keys } = keysOf();
  using _ = world;
  await expect(keys.create({ ...request, alias: '' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(keys.create({ ...request, profile: 'a b' })).rejects.toMatchObject({ code: 'invalid' });
  world.secrets.fail(lockedVault(), 'prepare');
  await expect(keys.create(request)).rejects.toMatchObject({ code: 'vault_locked' });
  expect(made).toEqual([]);
});

test('when the vault fails once fal has made the key, the secret comes back and no profile points at it', async () => {
  const { world, keys } = keysOf(() => world.secrets.fail(lockedVault(), 'set'));
  using _ = world;
  expect(await keys.create(request)).toMatchObject({
    outcome: 'not_stored',
    secret: 'k1:s',
    error: { code: 'vault_locked' },
  });
  expect(keys.all()).toEqual([]);
  expect(world.state.profiles.names()).toEqual([]);
});

test('even a failure that nobody has words for does not lose the secret', async () => {
  const { world, keys } = keysOf(() => {
    world.secrets.set = () => Promise.reject(new TypeError('x is not a function'));
  });
  using _ = world;
  expect(await keys.create(request)).toMatchObject({
    outcome: 'not_stored',
    secret: 'k1:s',
    error: { code: 'unexpected' },
  });
});
