import { expect, test } from 'vitest';
import { createKeyStore } from '../../../../core/keys/key-store.ts';
import type { StoredKey } from '../../../../core/model/fal/key.ts';
import type { Intent, State } from '../../../../core/ports/state.ts';
import { lockedVault } from '../../../fakes/memory-secrets.ts';
import { createWorld } from '../world.ts';

const key: StoredKey = {
  id: 'k1',
  alias: 'bots',
  scope: 'API',
  account: { id: 'u', nickname: 'ada' },
  createdAt: 5,
};
const parts = { id: 'k1', secret: 's' };

/** The state as the next process finds it: intents of this one count as a dead one's. */
const afterDeath = (state: State): State => {
  const left: { id: number; intent: Intent }[] = [];
  const { begin, end } = state.intents;
  return {
    ...state,
    intents: {
      begin(intent) {
        const id = begin(intent);
        left.push({ id, intent });
        return id;
      },
      end(id) {
        end(id);
        const at = left.findIndex((one) => one.id === id);
        if (at >= 0) left.splice(at, 1);
      },
      abandoned: () => [...left],
    },
  };
};

function storeOf() {
  const world = createWorld();
  const state = afterDeath(world.state);
  return { world, state, store: createKeyStore({ ...world, state }) };
}

test('a stored key is in the vault and in the index, and nothing is left to mend', async () => {
  const { world, state, store } = storeOf();
  using _ = world;
  await store.store(key, parts);
  expect(await store.read('k1')).toEqual(parts);
  expect(state.keys.get('k1')).toEqual(key);
  expect(state.intents.abandoned()).toEqual([]);
});

test('killed after the secret and before the index: the next start lists the key with all that was known', async () => {
  const { world, state, store } = storeOf();
  using _ = world;
  state.intents.begin({ kind: 'store_key', key });
  await world.secrets.set('key/k1', 'k1:s');
  expect(state.keys.all()).toEqual([]);
  expect(await store.recover()).toEqual([key]);
  expect(state.keys.get('k1')).toEqual(key);
  expect(await store.recover()).toEqual([]);
  expect(state.activity.list({ since: null, keyId: 'k1', limit: 5 })).toMatchObject([
    { kind: 'key_recovered' },
  ]);
});

test('killed before the secret: no ghost', async () => {
  const { world, state, store } = storeOf();
  using _ = world;
  state.intents.begin({ kind: 'store_key', key });
  expect(await store.recover()).toEqual([]);
  expect(state.keys.all()).toEqual([]);
  expect(state.intents.abandoned()).toEqual([]);
});

test('a vault that fails while storing leaves no index entry, and a secret that arrived late is found', async () => {
  const { world, state, store } = storeOf();
  using _ = world;
  world.secrets.fail(lockedVault(), 'set');
  await expect(store.store(key, parts)).rejects.toMatchObject({ code: 'vault_locked' });
  expect(state.keys.all()).toEqual([]);
  world.secrets.heal();
  await world.secrets.set('key/k1', 'k1:s');
  expect(await store.recover()).toEqual([key]);
});

test('killed between forgetting the index entry and the secret: the secret goes too', async () => {
  const { world, state, store } = storeOf();
  using _ = world;
  await store.store(key, parts);
  world.secrets.fail(lockedVault(), 'delete');
  await expect(store.forget('k1')).rejects.toMatchObject({ code: 'vault_locked' });
  expect(state.keys.get('k1')).toBeNull();
  world.secrets.heal();
  await store.recover();
  expect([...world.secrets.entries.keys()]).toEqual([]);
});

test('a key that fal has revoked is forgotten and logged though the vault is locked, and its secret goes later', async () => {
  const { world, state, store } = storeOf();
  using _ = world;
  await store.store(key, parts);
  world.secrets.fail(lockedVault());
  const logged: string[] = [];
  await store.forgetRevoked('k1', () => logged.push('revoked'));
  expect({ logged, key: state.keys.get('k1') }).toEqual({ logged: ['revoked'], key: null });
  expect(world.warnings).toEqual([expect.stringMatching(/k1 is revoked.*deleted here when.*locked/)]);
  world.secrets.heal();
  await store.recover();
  expect([...world.secrets.entries.keys()]).toEqual([]);
});

test('a key that was forgotten half and then stored again is not deleted by the mending', async () => {
  const { world, state, store } = storeOf();
  using _ = world;
  await store.store(key, parts);
  world.secrets.fail(lockedVault(), 'delete');
  await store.forget('k1').catch(() => undefined);
  world.secrets.heal();
  await store.store(key, parts);
  await store.recover();
  expect(await store.read('k1')).toEqual(parts);
  expect(state.keys.get('k1')).toEqual(key);
});

test('while the vault is locked nothing is mended and nothing given up', async () => {
  const { world, state, store } = storeOf();
  using _ = world;
  state.intents.begin({ kind: 'store_key', key });
  await world.secrets.set('key/k1', 'k1:s');
  world.secrets.fail(lockedVault());
  await expect(store.recover()).rejects.toMatchObject({ code: 'vault_locked' });
  world.secrets.heal();
  expect(await store.recover()).toEqual([key]);
});

test('forgetting takes the key from its profiles and tells which', async () => {
  const { world, state, store } = storeOf();
  using _ = world;
  await store.store(key, parts);
  const profile = { name: 'p', account: null, keyId: 'k1', host: null, color: 'red', note: null };
  state.profiles.put(profile);
  expect((await store.forget('k1')).map(({ name }) => name)).toEqual(['p']);
  expect(state.profiles.get('p')?.keyId).toBeNull();
});

test('reconciling lists what the vault holds beyond the index, and tells what it lacks', async () => {
  const { world, state, store } = storeOf();
  using _ = world;
  await world.secrets.set('key/orphan', 'orphan:s');
  await world.secrets.set('session/x/refresh', 't');
  state.keys.put(key);
  const { recovered, withoutSecret } = await store.reconcile();
  expect(recovered.map(({ id }) => id)).toEqual(['orphan']);
  expect(withoutSecret).toEqual([key]);
  expect(state.keys.get('orphan')).toMatchObject({ id: 'orphan', alias: null });
});

test('a key that is not here is told from a vault that can’t say', async () => {
  const { world, store } = storeOf();
  using _ = world;
  expect(await store.read('k1')).toBeNull();
  await expect(store.readOrFail('k1')).rejects.toMatchObject({ code: 'not_found' });
  world.secrets.fail(lockedVault(), 'get');
  await expect(store.readOrFail('k1')).rejects.toMatchObject({ code: 'vault_locked' });
});
