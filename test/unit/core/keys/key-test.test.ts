import { expect, test } from 'vitest';
import { falRefusal } from '../../../../core/fal/answer.ts';
import { createKeyStore } from '../../../../core/keys/key-store.ts';
import { createKeyTest } from '../../../../core/keys/key-test.ts';
import { VarvelError } from '../../../../core/model/error.ts';
import type { StoredKey } from '../../../../core/model/fal/key.ts';
import { verdictHint } from '../../../../core/model/fal/verdict.ts';
import { lockedVault } from '../../../fakes/memory-secrets.ts';
import { clientsOf, createWorld } from '../world.ts';

const ada = { id: 'u1', nickname: 'ada' };
const key: StoredKey = { id: 'k1', alias: null, scope: null, account: null, createdAt: null };
const unreachable = new VarvelError('unreachable', 'No answer.', '');

interface Answers {
  price?: Error;
  lock?: Error;
  admin?: Error | boolean;
  whose?: Error;
}

async function testing({ price, lock, admin = false, whose }: Answers) {
  const world = createWorld();
  const store = createKeyStore(world);
  await store.store(key, { id: 'k1', secret: 's' });
  const answer = async <T>(given: Error | undefined, value: T): Promise<T> => {
    world.clock.advance(40);
    if (given) throw given;
    return value;
  };
  const fal = clientsOf({
    platform: {
      price: () => answer(price, null),
      isAdmin: () => (admin instanceof Error ? answer(admin, false) : answer(undefined, admin)),
    },
    rest: { checkLock: () => answer(lock, undefined), accountOf: () => answer(whose, ada) },
  });
  return { world, test: createKeyTest(world, fal, store) };
}

const verdictOf = async (answers: Answers) => {
  const { world, test: keyTest } = await testing(answers);
  using _ = world;
  return (await keyTest.one(key)).verdict;
};

test('a key that all four questions answer is valid, with scope, account and time', async () => {
  expect(await verdictOf({})).toMatchObject({
    kind: 'valid',
    scope: 'API',
    account: ada,
    latencyMs: 40,
  });
  expect(await verdictOf({ admin: true })).toMatchObject({ kind: 'valid', scope: 'ADMIN' });
});

test.each([
  [401, 'No user found for Key ID and Secret', 'invalid', 'No user found for Key ID and Secret'],
  [403, 'Needs more', 'forbidden', 'Needs more'],
  [403, 'User is locked. Reason: TOP_UP.', 'locked', 'Account locked: TOP_UP.'],
  [422, 'field required', 'forbidden', 'field required'],
  [429, 'Slow down', 'rate_limited', 'Slow down'],
  [500, 'Oops', 'server_error', 'Oops'],
  [503, '', 'server_error', 'HTTP 503'],
] as const)('%i “%s” to the first question is %s, in fal’s words', async (status, words, kind, shown) => {
  const verdict = await verdictOf({ price: falRefusal('say a price', status, words || null) });
  expect(verdict).toMatchObject({ kind, scope: null, account: null, latencyMs: 40 });
  expect(verdict.message).toContain(shown);
  expect(verdictHint(verdict, 'key').action).not.toBe('none');
});

test('no answer is unreachable and has no time', async () => {
  expect(await verdictOf({ price: unreachable })).toMatchObject({ kind: 'unreachable', latencyMs: null });
  expect(await verdictOf({ lock: unreachable })).toMatchObject({
    kind: 'unreachable',
    latencyMs: null,
    account: ada,
  });
});

test('a lock is seen though the key is valid, and the account is still named', async () => {
  const lock = falRefusal('start an upload', 403, 'User is locked. Reason: Exhausted balance.');
  const verdict = await verdictOf({ lock });
  expect(verdict).toMatchObject({ kind: 'locked', scope: 'API', account: ada });
  expect(verdict.message).toContain('Exhausted balance');
});

test('a question that fails never passes for a valid key', async () => {
  const ill = falRefusal('ask', 500, null);
  for (const answers of [{ lock: ill }, { admin: ill }, { whose: ill }]) {
    expect(await verdictOf(answers)).toMatchObject({ kind: 'server_error' });
  }
});

test('what is no verdict is thrown: a cancelled test, a locked vault, a fault of ours', async () => {
  const cancelled = new VarvelError('cancelled', 'Stop.', '');
  await expect(verdictOf({ price: cancelled })).rejects.toBe(cancelled);
  await expect(verdictOf({ whose: cancelled })).rejects.toBe(cancelled);
  const ours = new TypeError('x is not a function');
  await expect(verdictOf({ price: ours })).rejects.toBe(ours);
  const { world, test: keyTest } = await testing({});
  using _ = world;
  world.secrets.fail(lockedVault());
  await expect(keyTest.one(key)).rejects.toMatchObject({ code: 'vault_locked' });
  await expect(keyTest.several([key], () => undefined)).rejects.toMatchObject({ code: 'vault_locked' });
});

test('what a test learns is kept with the key and its profiles', async () => {
  const { world, test: keyTest } = await testing({});
  using _ = world;
  world.state.profiles.put({ name: 'p', account: null, keyId: 'k1', host: null, color: 'red', note: null });
  await keyTest.one(key);
  expect(world.state.keys.get('k1')).toMatchObject({ scope: 'API', account: ada });
  expect(world.state.profiles.get('p')?.account).toEqual(ada);
  expect(world.state.verdicts.get('k1')).toMatchObject({ kind: 'valid' });
});

test('profiles follow the account of their key once it is known, and a warning names those that had another', async () => {
  const { world, test: keyTest } = await testing({});
  using _ = world;
  const profile = (name: string, account: { id: string; nickname: string } | null, keyId: string | null) =>
    world.state.profiles.put({ name, account, keyId, host: null, color: 'red', note: null });
  const team = { id: 'u2', nickname: 'falconers' };
  profile('client', team, 'k1');
  profile('empty', null, 'k1');
  profile('other', team, null);
  profile('right', ada, 'k1');
  await keyTest.one(key);
  const accounts = world.state.profiles.all().map(({ name, account }) => [name, account?.nickname]);
  expect(accounts).toEqual([
    ['client', 'ada'],
    ['empty', 'ada'],
    ['other', 'falconers'],
    ['right', 'ada'],
  ]);
  expect(world.warnings).toEqual([
    'The key belongs to ada. Profile “client” now uses that account, not falconers.',
  ]);
});

test('a key forgotten while it was tested does not come back', async () => {
  const { world, test: keyTest } = await testing({});
  using _ = world;
  const running = keyTest.one(key);
  world.state.keys.remove('k1');
  await running;
  expect(world.state.keys.all()).toEqual([]);
});

test('in a batch a key without its secret is one verdict among others', async () => {
  const { world, test: keyTest } = await testing({});
  using _ = world;
  const lost = { ...key, id: 'lost' };
  const seen: number[] = [];
  const results = await keyTest.several([lost, key], (_tested, done) => seen.push(done));
  expect(results.map(({ key: { id }, verdict }) => [id, verdict.kind])).toEqual([
    ['lost', 'invalid'],
    ['k1', 'valid'],
  ]);
  expect(seen).toEqual([1, 2]);
});
