import { expect, test } from 'vitest';
import { mergeKeys } from '../../../../core/keys/merge-keys.ts';
import type { RemoteKey, StoredKey } from '../../../../core/model/fal/key.ts';

const ada = { id: 'u1', nickname: 'ada' };
const team = { id: 'u2', nickname: 'falconers' };
const stored = (id: string, more: Partial<StoredKey> = {}): StoredKey => ({
  id,
  alias: null,
  scope: null,
  account: null,
  createdAt: null,
  ...more,
});
const remote = (id: string, more: Partial<RemoteKey> = {}): RemoteKey => ({
  id,
  alias: 'at fal',
  scope: 'API',
  account: ada,
  createdAt: 1,
  ...more,
});
const profile = (name: string, keyId: string | null) => ({
  name,
  keyId,
  account: null,
  host: null,
  color: 'red',
  note: null,
});

const asked = () => true;

test('here and there, only there, only here are told apart', () => {
  const keys = mergeKeys([stored('both'), stored('here')], [remote('both'), remote('there')], [], asked);
  expect(Object.fromEntries(keys.map(({ id, stored: s, remote: r }) => [id, [s, r]]))).toEqual({
    both: [true, true],
    here: [true, false],
    there: [false, true],
  });
});

test('what fal says of a key wins over what was believed of it', () => {
  const [key] = mergeKeys([stored('k', { scope: 'ADMIN', account: team })], [remote('k')], [], asked);
  expect(key).toMatchObject({ alias: 'at fal', scope: 'API', account: ada });
});

test('a name that a key was given here stays', () => {
  const [key] = mergeKeys([stored('k', { alias: 'mine' })], [remote('k')], [], asked);
  expect(key).toMatchObject({ alias: 'mine', remote: true });
});

test('a key names the profiles that use it', () => {
  const profiles = [profile('a', 'k'), profile('b', 'k'), profile('c', 'other'), profile('d', null)];
  expect(mergeKeys([stored('k')], [], profiles, asked)[0]?.profiles).toEqual(['a', 'b']);
});

test('a key that two listings name stands once', () => {
  expect(mergeKeys([], [remote('k'), remote('k')], [], asked)).toHaveLength(1);
});

test('a key on two overlapping pages of fal is only at fal while its secret is not here', () => {
  const keys = mergeKeys(
    [stored('both')],
    [remote('k'), remote('both'), remote('both'), remote('k')],
    [],
    asked,
  );
  expect(Object.fromEntries(keys.map((key) => [key.id, [key.stored, key.remote]]))).toEqual({
    both: [true, true],
    k: [false, true],
  });
});

test('keys stand by account, the oldest first', () => {
  const keys = mergeKeys(
    [stored('z')],
    [
      remote('c', { account: team, createdAt: 1 }),
      remote('b', { createdAt: 2 }),
      remote('a', { createdAt: 1 }),
      remote('0', { createdAt: 2 }),
    ],
    [],
    asked,
  );
  expect(keys.map(({ id }) => id)).toEqual(['z', 'a', '0', 'b', 'c']);
});

test('a key of an account that was not asked is not called gone', () => {
  const keys = mergeKeys([stored('a'), stored('b')], [], [], ({ id }) => id === 'b');
  expect(keys.map(({ remote: r }) => r)).toEqual([null, false]);
});
