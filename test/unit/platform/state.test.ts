import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ActivityEntry, activityKinds } from '../../../core/model/activity.ts';
import type { Account } from '../../../core/model/fal/account.ts';
import type { StoredKey } from '../../../core/model/fal/key.ts';
import type { Verdict } from '../../../core/model/fal/verdict.ts';
import type { Profile } from '../../../core/model/profile.ts';
import type { State } from '../../../core/ports/state.ts';
import { openState } from '../../../platform/state/open-state.ts';
import { temporaryFolder } from '../../integration/platform/temporary-folder.ts';

let folder: ReturnType<typeof temporaryFolder>;
let state: State;

beforeEach(() => {
  folder = temporaryFolder();
  state = openState(folder.path);
});
afterEach(() => {
  state.close();
  folder[Symbol.dispose]();
});

const reopened = (): State => {
  state.close();
  state = openState(folder.path);
  return state;
};

const ran: Omit<ActivityEntry, 'actor'> = {
  at: 0,
  kind: 'ran',
  identityId: null,
  account: null,
  keyId: null,
  profile: null,
  detail: '',
};

const profile = (name: string, keyId: string | null = null): Profile => ({
  name,
  account: null,
  keyId,
  host: null,
  color: 'brass',
  note: null,
});

const fullKey: StoredKey = {
  id: 'k1',
  alias: 'bots ☂ "\'',
  scope: 'ADMIN',
  account: { id: 'a1', nickname: 'acme' },
  createdAt: 1_700_000_000_123.7,
};
const bareKey: StoredKey = { id: 'k2', alias: null, scope: null, account: null, createdAt: null };

test('keys, known in full or by their id alone, come back as they were', () => {
  state.keys.put(fullKey);
  state.keys.put({ ...bareKey, alias: 'before' });
  state.keys.put(bareKey);
  expect(reopened().keys.all()).toEqual([{ ...fullKey, createdAt: 1_700_000_000_123 }, bareKey]);
  expect(state.keys.get('k2')).toEqual(bareKey);
  expect(state.keys.get('K2')).toBeNull();
});

test('identities and the accounts they reach come back, and go together', () => {
  const identity = { id: 'i1', name: 'Ann', email: 'a@b', connection: null, signedIn: true, signedInAt: 5 };
  const account = (id: string): Account => ({
    id,
    nickname: id,
    name: '',
    kind: 'team',
    lockReason: null,
    identityId: 'i1',
  });
  state.identities.put(identity);
  state.identities.put({ ...identity, signedIn: false });
  state.accounts.replace('i1', [account('z'), account('a')]);
  state.accounts.replace('i1', [account('y'), account('b')]);
  expect(reopened().identities.get('i1')).toEqual({ ...identity, signedIn: false });
  expect(state.accounts.all().map(({ id }) => id)).toEqual(['y', 'b']);
  state.identities.remove('i1');
  expect([state.identities.all(), state.accounts.all()]).toEqual([[], []]);
});

test('the current profile follows its rename and ends with it', () => {
  expect(state.profiles.current()).toBeNull();
  state.profiles.put(profile('one'));
  state.profiles.put(profile('two'));
  state.profiles.setCurrent('one');
  state.profiles.put({ ...profile('one'), note: 'changed' });
  expect(state.profiles.current()).toBe('one');
  state.profiles.rename('one', 'three');
  expect([state.profiles.current(), state.profiles.names()]).toEqual(['three', ['three', 'two']]);
  expect(state.profiles.get('three')?.note).toBe('changed');
  state.profiles.rename('three', 'three');
  state.profiles.remove('two');
  expect(state.profiles.current()).toBe('three');
  state.profiles.remove('three');
  expect(state.profiles.current()).toBeNull();
});

test('a profile that is not there, or is there already, is told', () => {
  state.profiles.put(profile('one'));
  state.profiles.put(profile('two'));
  const code = (expected: string) => expect.objectContaining({ code: expected });
  expect(() => state.profiles.setCurrent('none')).toThrow(code('not_found'));
  expect(() => state.profiles.rename('none', 'x')).toThrow(code('not_found'));
  expect(() => state.profiles.rename('one', 'two')).toThrow(code('conflict'));
  expect(state.profiles.names()).toEqual(['one', 'two']);
  state.profiles.setCurrent('one');
  state.profiles.setCurrent(null);
  expect(state.profiles.current()).toBeNull();
});

test('the profiles of a key are found by it', () => {
  for (const name of ['b', 'a']) state.profiles.put(profile(name, 'k1'));
  state.profiles.put(profile('c', 'k2'));
  expect(state.profiles.withKey('k1').map(({ name }) => name)).toEqual(['a', 'b']);
});

test('a verdict is replaced by the next, and forgotten with its key', () => {
  const verdict: Verdict = {
    kind: 'locked',
    scope: 'API',
    account: { id: 'a1', nickname: 'acme' },
    latencyMs: 12.5,
    message: 'User is locked.',
    testedAt: 7,
  };
  state.verdicts.put('k1', { ...verdict, kind: 'valid' });
  state.verdicts.put('k1', verdict);
  state.verdicts.put('k2', { ...verdict, scope: null, account: null, latencyMs: null });
  expect(reopened().verdicts.get('k1')).toEqual(verdict);
  expect([...state.verdicts.all().keys()]).toEqual(['k1', 'k2']);
  state.keys.remove('k1');
  expect(state.verdicts.get('k1')).toBeNull();
});

test('what is about to happen to a key is told in full to the process that mends it', () => {
  const id = state.intents.begin({ kind: 'store_key', key: fullKey });
  expect(id).not.toBe(state.intents.begin({ kind: 'forget_key', keyId: 'k2' }));
  // This process is alive, so nothing is abandoned.
  expect(state.intents.abandoned()).toEqual([]);
});

test('the log is newest first, can be narrowed, and forgets what is very old', () => {
  const entry = (at: number, keyId: string | null): typeof ran => ({ ...ran, at, keyId });
  state.transaction(() => {
    for (let n = 1; n <= 20_600; n++) state.activity.add(entry(n, n % 2 === 0 ? 'even' : null));
  });
  const times = (filter: Partial<Parameters<State['activity']['list']>[0]>) =>
    state.activity.list({ since: null, keyId: null, limit: 3, ...filter }).map(({ at }) => at);
  expect(times({})).toEqual([20_600, 20_599, 20_598]);
  expect(times({ since: 20_599 })).toEqual([20_600, 20_599]);
  expect(times({ keyId: 'even' })).toEqual([20_600, 20_598, 20_596]);
  expect(times({ limit: 100_000 })).toHaveLength(20_100);
});

test('the log says who acted, once it is known', () => {
  state.activity.add({ ...ran, detail: 'before' });
  state.close();
  const actor = { face: 'terminal', program: 'make' } as const;
  state = openState(folder.path, { actor: () => actor });
  state.activity.add({ ...ran, detail: 'after' });
  const entries = state.activity.list({ since: null, keyId: null, limit: 9 });
  expect(entries.map(({ detail, actor: by }) => [detail, by])).toEqual([
    ['after', actor],
    ['before', null],
  ]);
});

test('everything that the log tells of comes back', () => {
  for (const [at, kind] of activityKinds.entries()) state.activity.add({ ...ran, at, kind });
  const found = state.activity.list({ since: null, keyId: null, limit: 100 });
  expect(found.map(({ kind }) => kind).reverse()).toEqual([...activityKinds]);
});

test('what a newer Varvel has written into the log is left out, and costs nothing else', () => {
  state.activity.add({ ...ran, at: 1 });
  const database = new DatabaseSync(join(folder.path, 'state.db'));
  database.exec("INSERT INTO activity (at, kind, detail) VALUES (2, 'something_later', '')");
  database.close();
  state.activity.add({ ...ran, at: 3 });
  expect(
    reopened()
      .activity.list({ since: null, keyId: null, limit: 9 })
      .map(({ at }) => at),
  ).toEqual([3, 1]);
});

test('several changes are one: inner steps of a failed one are undone too', () => {
  const failing = () =>
    state.transaction(() => {
      state.profiles.put(profile('one'));
      state.profiles.setCurrent('one');
      state.accounts.replace('i1', []);
      throw new Error('no');
    });
  expect(failing).toThrow('no');
  expect([state.profiles.names(), state.profiles.current()]).toEqual([[], null]);
  expect(() => state.transaction(() => state.transaction(() => {}))).toThrow('can’t be nested');
  expect(() => state.transaction(async () => {})).toThrow('promise');
  state.profiles.put(profile('two'));
  expect(reopened().profiles.names()).toEqual(['two']);
});
