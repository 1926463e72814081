import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { falRefusal } from '../../../core/fal/answer.ts';
import type { KeyAccess } from '../../../core/keys/key-access.ts';
import { createKeyList } from '../../../core/keys/key-list.ts';
import { createKeyStore } from '../../../core/keys/key-store.ts';
import { createKeyTest } from '../../../core/keys/key-test.ts';
import { createKeys } from '../../../core/keys/keys.ts';
import { VarvelError } from '../../../core/model/error.ts';
import { joinKey } from '../../../core/model/fal/key.ts';
import { createProfiles } from '../../../core/profiles/profiles.ts';
import { createTemporaryKeys } from '../../../core/temporary/temporary-keys.ts';
import { clientsOf, createWorld } from './world.ts';

const accounts = ['ada', 'falconers', 'mews', 'night-shift'].map((nickname) => ({
  id: `of-${nickname}`,
  nickname,
}));
/** Thousands of transactions: each waits for a disk, and not for memory. */
const inMemory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

const keyCount = 20;
const profileCount = 50;
const partsOf = (key: number) => ({ id: `key-${key}`, secret: `secret-of-${key}` });
const numberOf = (id: string): number => Number(id.slice('key-'.length));

/** The account that fal knows of a key. */
function ownerOf(key: number) {
  const account = accounts[key % accounts.length];
  if (!account) throw new Error('no account');
  return account;
}

/** Profiles and keys of one person, and a fal that can be reached or not. */
function createPerson() {
  const world = createWorld(inMemory);
  let isUp = true;
  const asked = <T>(answer: () => T) =>
    isUp
      ? Promise.resolve(answer())
      : Promise.reject(new VarvelError('unreachable', 'No answer.', 'Try again.'));
  const fal = clientsOf({
    platform: {
      price: () => asked(() => null),
      isAdmin: () => asked(() => false),
    },
    rest: {
      checkLock: () => asked(() => undefined),
      accountOf: (credential) => {
        if (credential.kind !== 'key') throw falRefusal('accept this', 401, null);
        return asked(() => ownerOf(numberOf(credential.key.id)));
      },
    },
  });
  const managers = accounts.map((account) => ({
    account,
    identityId: 'i',
    lists: () => true,
    list: () =>
      asked(() =>
        Array.from({ length: keyCount }, (_, key) => key)
          .filter((key) => ownerOf(key) === account)
          .map((key) => ({ ...partsOf(key), alias: null, scope: 'API', account, createdAt: key }) as const)
          .map(({ secret: _, ...remote }) => remote),
      ),
    create: () => Promise.reject(new Error('nothing is created here')),
    revoke: async () => undefined,
  }));
  const keyAccess: KeyAccess = {
    adminOnly: () => [],
    for: () => undefined,
    find: () => Promise.reject(new Error('all accounts are listed here')),
    all: async () => ({ managers, problems: [] }),
  };
  const profiles = createProfiles(world);
  const store = createKeyStore(world);
  const keyTest = createKeyTest(world, fal, store);
  const temporaryKeys = createTemporaryKeys(world, { keyAccess, store });
  const keyList = createKeyList(world, keyAccess, temporaryKeys);
  const keys = createKeys(world, { keyAccess, keyList, store, test: keyTest, profiles, temporaryKeys });
  return {
    world,
    profiles,
    keys,
    keyTest,
    setUp: (up: boolean) => {
      isUp = up;
    },
  };
}

type Person = ReturnType<typeof createPerson>;

/** One thing that a person does; the numbers choose which. */
type Step = [what: (typeof whats)[number], profile: number, key: number, up: boolean];

const whats = [
  'create',
  'set key',
  'set account',
  'clear key',
  'rename',
  'delete',
  'switch',
  'add',
  'add to profile',
  'forget',
  'test',
  'list',
] as const;

async function take({ profiles, keys, keyTest, setUp }: Person, [what, n, k, up]: Step): Promise<void> {
  setUp(up);
  const profile = `p${n}`;
  const stored = () => keys.find(partsOf(k).id);
  const account = accounts[(n + k) % accounts.length] ?? null;
  switch (what) {
    case 'create':
      return void profiles.create(profile, k % 2 ? { account } : { key: stored() });
    case 'set key':
      return void profiles.set(profile, { key: stored() });
    case 'set account':
      return void profiles.set(profile, { account });
    case 'clear key':
      return void profiles.set(profile, { key: null });
    case 'rename':
      return void profiles.rename(profile, `p${k}`);
    case 'delete':
      return void profiles.delete(profile);
    case 'switch':
      return void profiles.switchTo(profile);
    case 'add':
      return void (await keys.add(joinKey(partsOf(k)), null, null));
    case 'add to profile':
      return void (await keys.add(joinKey(partsOf(k)), null, profile));
    case 'forget':
      return void (await keys.forget(stored()));
    case 'test':
      return void (await keyTest.one(stored()));
    case 'list':
      return void (await keys.list(null));
  }
}

const expected = ['not_found', 'conflict', 'unreachable', 'ambiguous'];

/** What is wrong with the profiles and keys; empty when nothing is. */
function wrongIn({ world }: Person): string[] {
  const stored = new Map(world.state.keys.all().map((key) => [key.id, key]));
  const wrong: string[] = [];
  for (const { id, account } of stored.values()) {
    const own = joinKey(partsOf(numberOf(id)));
    if (world.secrets.entries.get(`key/${id}`) !== own) wrong.push(`${id} has another secret`);
    if (account && account.id !== ownerOf(numberOf(id)).id) wrong.push(`${id} has another account`);
  }
  for (const { name, keyId, account } of world.state.profiles.all()) {
    if (keyId === null) continue;
    const key = stored.get(keyId);
    if (!key) wrong.push(`${name} has a key that is gone`);
    else if (key.account && key.account.id !== account?.id)
      wrong.push(`${name} names ${account?.nickname}, its key is of ${key.account.nickname}`);
  }
  return wrong;
}

const step: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom(...whats),
  fc.nat(profileCount - 1),
  fc.nat(keyCount - 1),
  fc.boolean(),
);

test('whatever is done to keys and profiles, no profile names an account that its key doesn’t have', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 500, maxLength: 500, size: 'max' }), async (steps) => {
      const person = createPerson();
      using _ = person.world;
      for (const [index, each] of steps.entries()) {
        await take(person, each).catch((error: unknown) => {
          if (!(error instanceof VarvelError) || !expected.includes(error.code)) throw error;
        });
        if (index % 10 === 0) expect(wrongIn(person)).toEqual([]);
      }
      expect(wrongIn(person)).toEqual([]);
    }),
    // 20,000 steps in all: some seconds
    { numRuns: 40, endOnFailure: true },
  );
}, 120_000);
