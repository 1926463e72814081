import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KeyAccess, KeyManager } from '../../../../core/keys/key-access.ts';
import { createKeyList } from '../../../../core/keys/key-list.ts';
import { createKeyStore } from '../../../../core/keys/key-store.ts';
import { skewMs } from '../../../../core/temporary/due.ts';
import { temporaryAlias } from '../../../../core/temporary/temporary-alias.ts';
import { createTemporaryKeys } from '../../../../core/temporary/temporary-keys.ts';
import { createDyingProcess } from '../dying-process.ts';
import { createWorld } from '../world.ts';

const ada = { id: 'u1', nickname: 'ada' };
const hour = 3_600_000;

/** An account at fal, and a Varvel that can die before or after any call that leaves it. */
function createAccount() {
  const world = createWorld();
  const atFal = new Map<string, string>();
  let reached = true;
  let made = 0;
  let slowMs = 0;
  const { leaving: mortal, during } = createDyingProcess();
  const manager: KeyManager = {
    account: ada,
    identityId: 'i',
    lists: () => true,
    list: () =>
      mortal(() =>
        [...atFal].map(([id, alias]) => ({ id, alias, scope: 'API' as const, account: ada, createdAt: 1 })),
      ),
    create: (alias) =>
      mortal(() => {
        world.clock.advance(slowMs);
        const id = `key-${++made}`;
        atFal.set(id, alias);
        return { id, secret: 's' };
      }),
    revoke: (keyId) => mortal(() => void atFal.delete(keyId)),
  };
  const keyAccess: KeyAccess = {
    adminOnly: () => [],
    for: () => (reached ? manager : undefined),
    find: async () => manager,
    all: async () => ({ managers: [manager], problems: [] }),
  };
  const store = createKeyStore(world);
  const temporaryKeys = createTemporaryKeys(world, { keyAccess, store });
  return {
    world,
    atFal,
    store,
    temporaryKeys,
    keyList: createKeyList(world, keyAccess, temporaryKeys),
    create: (ttlMs = hour) => temporaryKeys.create(manager, { name: 'train', scope: 'API', ttlMs }),
    /** How long fal takes to create a key from now on. */
    slow: (ms: number) => {
      slowMs = ms;
    },
    manager,
    signOut: () => {
      reached = false;
    },
    during,
    [Symbol.dispose]: () => world[Symbol.dispose](),
  };
}

test('wherever it is interrupted, no temporary key outlives its time, and no other key is touched', async () => {
  const act = fc.record({
    what: fc.constantFrom('create', 'revoke', 'list', 'wait', 'end'),
    calls: fc.integer({ min: 0, max: 8 }),
    how: fc.constantFrom('dies', 'fails'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 14 }), async (acts) => {
      using account = createAccount();
      const { world, atFal, temporaryKeys, keyList } = account;
      atFal.set('mine', 'bots');
      // another machine's, of which nothing is known here
      atFal.set('theirs', temporaryAlias('theirs', world.clock.now() + hour, '00000000'));
      for (const { what, calls, how } of acts) {
        if (what === 'wait') world.clock.advance(calls * 600_000);
        await account.during(calls, how, async () => {
          if (what === 'create') await account.create();
          if (what === 'revoke') await temporaryKeys.revokeDue();
          if (what === 'list') await keyList.list(null);
          if (what === 'end') for (const key of temporaryKeys.all().slice(0, 1)) temporaryKeys.end(key);
        });
      }
      world.clock.advance(hour + skewMs + 60_000);
      await keyList.list(null);
      await temporaryKeys.revokeDue();
      expect([...atFal.keys()]).toEqual(['mine']);
      expect(temporaryKeys.all()).toEqual([]);
    }),
    { numRuns: Number(process.env.VARVEL_RUNS ?? 30) },
  );
});

test('a key of another machine is listed by its name with its end, and revoked from here some time later, as a clock may be ahead', async () => {
  using account = createAccount();
  const { world, atFal, temporaryKeys, keyList } = account;
  const expiresAt = world.clock.now() + hour;
  atFal.set('theirs', temporaryAlias('theirs', expiresAt, '00000000'));
  expect((await keyList.list(null)).keys).toMatchObject([{ alias: 'theirs', stored: false, expiresAt }]);
  expect(temporaryKeys.anyDue()).toBe(false);
  world.clock.advance(hour + skewMs - 1);
  expect(temporaryKeys.anyDue()).toBe(false);
  await temporaryKeys.revokeDue();
  expect([...atFal.keys()]).toEqual(['theirs']);
  world.clock.advance(1);
  expect(temporaryKeys.anyDue()).toBe(true);
  await temporaryKeys.revokeDue();
  expect([...atFal]).toEqual([]);
});

test('a clock that is ahead revokes no key whose time isn’t over for fal', async () => {
  using account = createAccount();
  const { world, atFal, temporaryKeys, create } = account;
  const { key } = await create();
  temporaryKeys.leaveToTime(key);
  world.fal.time = world.clock.now();
  world.clock.advance(3 * hour);
  expect(await temporaryKeys.revokeDue()).toEqual({ revoked: [], failed: [] });
  expect(atFal.size).toBe(1);
  world.clock.advance(61_000);
  world.fal.time = key.expiresAt;
  expect(await temporaryKeys.revokeDue()).toMatchObject({ revoked: [{ alias: key.alias }] });
  expect(atFal.size).toBe(0);
});

test('the secret of a key that is over is deleted here too, and its profiles have no key', async () => {
  using account = createAccount();
  const { world, store, temporaryKeys } = account;
  const { key, parts } = await account.create();
  await store.store({ id: parts.id, alias: 'train', scope: 'API', account: ada, createdAt: 1 }, parts);
  const profile = { name: 'p', account: ada, keyId: parts.id, host: null, color: 'teal', note: null };
  world.state.profiles.put(profile);
  temporaryKeys.end(key);
  expect(await temporaryKeys.revokeDue()).toMatchObject({ revoked: [{ keyId: parts.id }], failed: [] });
  expect(world.secrets.entries.size).toBe(0);
  expect(world.state.profiles.get('p')?.keyId).toBeNull();
  const [line] = world.state.activity.list({ since: null, keyId: parts.id, limit: 1 });
  expect(line).toMatchObject({ kind: 'key_revoked', detail: 'temporary' });
});

test('a stored key that another machine has revoked is deleted here, too', async () => {
  using account = createAccount();
  const { world, atFal, store, temporaryKeys, keyList } = account;
  const { key, parts } = await account.create();
  await store.store({ id: parts.id, alias: 'train', scope: 'API', account: ada, createdAt: 1 }, parts);
  temporaryKeys.leaveToTime(key);
  world.clock.advance(61_000);
  atFal.clear();
  await keyList.list(null);
  await temporaryKeys.revokeDue();
  expect([world.state.keys.all(), world.secrets.entries.size, temporaryKeys.all()]).toEqual([[], 0, []]);
});

test('a key that was revoked by hand or elsewhere is forgotten, and one that can’t be revoked says why', async () => {
  using account = createAccount();
  const { world, atFal, temporaryKeys, keyList } = account;
  await account.create();
  world.clock.advance(61_000);
  atFal.clear();
  await keyList.list(null);
  expect(temporaryKeys.all()).toEqual([]);
  const { key } = await account.create();
  account.signOut();
  temporaryKeys.end(key);
  expect((await temporaryKeys.revokeDue()).failed).toMatchObject([{ error: { code: 'not_signed_in' } }]);
  expect(temporaryKeys.all()).toMatchObject([
    { failures: 1, problem: expect.stringContaining('signed in to ada') },
  ]);
  // not again at once
  expect(temporaryKeys.anyDue()).toBe(false);
  world.clock.advance(10_000);
  expect(temporaryKeys.anyDue()).toBe(true);
});

test('a key is ended before its time, and where fal can’t be reached, it is not alive and ended later', async () => {
  using account = createAccount();
  const { atFal, temporaryKeys, keyList, world } = account;
  const { parts } = await account.create();
  const alive = () => temporaryKeys.alive().map(({ id, name, held }) => ({ id, name, held }));
  expect(alive()).toEqual([{ id: parts.id, name: 'train', held: true }]);
  expect(keyList.here()).toMatchObject([{ id: parts.id, alias: 'train', stored: false, remote: true }]);
  await account.during(0, 'fails', async () => {
    await expect(temporaryKeys.endNow(parts.id)).rejects.toMatchObject({ code: 'unreachable' });
  });
  expect([...atFal.keys()]).toEqual([parts.id]);
  expect(alive()).toEqual([]);
  world.clock.advance(60_000);
  await temporaryKeys.revokeDue();
  expect([...atFal.keys()]).toEqual([]);
  await expect(temporaryKeys.endNow(parts.id)).rejects.toMatchObject({ code: 'not_found' });
  const { key, parts: second } = await account.create();
  temporaryKeys.leaveToTime(key);
  expect(alive()).toMatchObject([{ held: false }]);
  await temporaryKeys.endNow(second.id);
  expect([...atFal.keys()]).toEqual([]);
  expect(keyList.here()).toEqual([]);
});

test('a list that doesn’t have a new key yet doesn’t end that key', async () => {
  using account = createAccount();
  const { world, temporaryKeys, manager } = account;
  account.slow(10_000);
  const begun = world.clock.now();
  const { key } = await account.create();
  temporaryKeys.learn(manager, [], begun + 5000);
  expect(temporaryKeys.all()).toMatchObject([{ keyId: key.keyId }]);
  // fal may show a new key a moment late
  temporaryKeys.learn(manager, [], world.clock.now() + 30_000);
  expect(temporaryKeys.all()).toMatchObject([{ keyId: key.keyId }]);
  temporaryKeys.learn(manager, [], world.clock.now() + 60_001);
  expect(temporaryKeys.all()).toEqual([]);
});

test('a key whose program has ended is revoked at once, whatever failed before', async () => {
  using account = createAccount();
  const { world, atFal, temporaryKeys } = account;
  const { key } = await account.create();
  world.clock.advance(hour);
  await account.during(0, 'fails', () => temporaryKeys.revokeDue());
  expect(temporaryKeys.all()).toMatchObject([{ failures: 1 }]);
  expect(temporaryKeys.anyDue()).toBe(false);
  temporaryKeys.end(key);
  await temporaryKeys.revokeDue();
  expect([...atFal]).toEqual([]);
});

test('a revoke that failed while the clock was ahead is tried again when the clock is right', async () => {
  using account = createAccount();
  const { world, atFal, temporaryKeys } = account;
  const { key } = await account.create();
  temporaryKeys.end(key);
  world.clock.advance(30 * 24 * hour);
  await account.during(0, 'fails', () => temporaryKeys.revokeDue());
  world.clock.advance(-30 * 24 * hour);
  await temporaryKeys.revokeDue();
  expect([...atFal]).toEqual([]);
});
