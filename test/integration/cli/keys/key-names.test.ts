import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { errorOf, expectFailure, keysList, madeKey, profilesList } from '../contract.ts';
import { newMachine } from '../machine.ts';

const machine = newMachine({ signedIn: ['ada'] });

const keysAtFal = z.object({
  keys: z.array(z.object({ key_id: z.string(), key: z.string(), alias: z.string(), account: z.string() })),
});
const all = async () => keysAtFal.parse(await (await fetch(`${machine().sandbox.control}/keys`)).json()).keys;
const create = async (alias: string, ...more: string[]) =>
  (await machine().varvel('keys', 'create', alias, ...more)).stdout.trim();

test('every command that takes a key knows those that are only at fal, and says so', async () => {
  const remote = (await all()).find(({ alias, account }) => alias === 'notebook' && account === 'ada');
  const id = remote?.key_id ?? '';
  for (const words of [
    ['keys', 'reveal', id],
    ['keys', 'forget', id, '--yes'],
    ['keys', 'test', id.slice(0, 8)],
    ['profiles', 'create', 'p', `key=${id}`],
  ]) {
    const ended = await machine().varvel(...words);
    expectFailure(ended, 4, /“notebook” \([\da-f-]{36}\) of ada is only at fal/, /keys create/);
  }
  const shown = await machine().varvel('keys', 'show', id);
  expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('Secret\tnot here: only at fal') });
  expect((await machine().varvel('keys', 'revoke', id, '--yes')).code).toBe(0);
});

test('a profile’s name stands for its key in every command that takes a key', async () => {
  const id = await create('bots', '--profile', 'staging');
  for (const words of [
    ['keys', 'show', 'staging'],
    ['keys', 'test', 'staging'],
    ['keys', 'reveal', 'staging'],
    ['activity', '--key', 'staging'],
    ['profiles', 'create', 'second', 'key=staging'],
  ])
    expect((await machine().varvel(...words)).code, words.join(' ')).toBe(0);
  const { profiles } = await machine().json(profilesList, 'profiles', 'list');
  expect(profiles.find(({ name }) => name === 'second')?.key).toBe(id);
  expect((await machine().varvel('keys', 'forget', 'second', '--yes')).code).toBe(0);
  expectFailure(
    await machine().varvel('keys', 'reveal', 'staging'),
    4,
    /“staging” has no key/,
    /profiles set/,
  );
});

test('when several keys match, they are named with their accounts; a mistyped profile is recognised', async () => {
  const one = await create('bots', '--account', 'ada');
  const two = await create('bots', '--account', 'falconers', '--profile', 'production');
  const { stderr } = await machine().varvel('keys', 'reveal', 'bots');
  expect(stderr).toContain(`${one} (ada)`);
  expect(stderr).toContain(`${two} (falconers)`);
  expectFailure(await machine().varvel('keys', 'test', 'prodction'), 4, /No results/, /“production”/);
});

test('keys add says which key it stored, keeps the alias given, and warns of a namesake', async () => {
  const remote = (await all()).find(({ alias, account }) => alias === 'deploy' && account === 'falconers');
  const add = (...words: string[]) =>
    machine().varvelWith({ input: remote?.key ?? '' }, 'keys', 'add', ...words, '--stdin');
  expect((await add('mine')).stderr).toContain(
    `Key added to the vault: ADMIN key “mine” (${remote?.key_id}) of falconers.`,
  );
  const { keys } = await machine().json(keysList, 'keys', 'list');
  expect(keys.find(({ id }) => id === remote?.key_id)?.alias).toBe('mine');
  const { stderr } = await machine().varvel('keys', 'create', 'mine', '--account', 'falconers');
  expect(stderr).toContain(`falconers has another key “mine”: ${remote?.key_id}.`);
});

test('a profile that gets another key loses its old one with a word', async () => {
  const old = await create('old', '--profile', 'p');
  const { code, stderr } = await machine().varvel('keys', 'create', 'new', '--profile', 'p');
  expect(code).toBe(0);
  expect(stderr).toContain(`Profile “p” used key “old” (${old}) of ada.`);
  const again = await machine().varvel('keys', 'create', 'newer', '--profile', 'p', '--yes');
  expect(again.stderr).not.toContain('used key');
});

test('of several keys, those that were revoked are told though one after them fails', async () => {
  const { id } = await machine().json(madeKey, 'keys', 'create', 'first');
  const own = 'aaaaaaaa-0000-4000-8000-00000000000a:0123456789abcdef0123456789abcdef';
  await machine().varvelWith({ input: own }, 'keys', 'add', 'own', '--stdin');
  const ended = await machine().varvel('keys', 'revoke', 'first', 'own', '--yes', '--json');
  expect(ended.code).not.toBe(0);
  expect(JSON.parse(ended.stdout)).toEqual({ results: [{ revoked: id, profiles_without_key: [] }] });
  expect(errorOf(ended).message).not.toBe('');
});

test('a profile that has lost its key stands for none, also where another key has that name', async () => {
  const { id: theirs } = await machine().json(madeKey, 'keys', 'create', 'trainer', '--account', 'falconers');
  await machine().varvel('keys', 'forget', theirs, '--yes');
  await machine().json(madeKey, 'keys', 'create', 'mine', '--account', 'ada', '--profile', 'trainer');
  await machine().varvel('keys', 'revoke', 'mine', '--yes');
  expectFailure(
    await machine().varvel('keys', 'revoke', 'trainer', '--yes'),
    4,
    /Profile “trainer” has no key/,
    /Set a key/,
  );
  expect(await machine().varvel('keys', 'revoke', theirs, '--yes')).toMatchObject({ code: 0 });
  // one’s own key of that name can be given back to it
  const { id } = await machine().json(madeKey, 'keys', 'create', 'bots', '--profile', 'bots');
  await machine().varvel('profiles', 'set', 'bots', 'key=');
  expect(await machine().varvel('profiles', 'set', 'bots', 'key=bots')).toMatchObject({ code: 0 });
  expect((await machine().varvel('env', 'bots')).stdout).toContain(id);
});

test('several keys and profiles are revoked, forgotten, tested and deleted at once, or none of them', async () => {
  const ids = await Promise.all(
    ['a1', 'b2', 'c3', 'd4'].map((alias) => create(alias, '--profile', `p-${alias}`)),
  );
  const none = await machine().varvel('keys', 'revoke', 'a1', 'nothing-like-it', '--yes');
  expect(none.code).toBe(4);
  expect((await machine().varvel('keys', 'test', 'a1', 'b2', 'p-c3')).stdout.split('\n')).toHaveLength(4);
  const revoked = await machine().varvel('keys', 'revoke', 'a1', 'p-b2', 'a1', '--yes', '--json');
  expect(JSON.parse(revoked.stdout)).toEqual({
    results: [
      { revoked: ids[0], profiles_without_key: ['p-a1'] },
      { revoked: ids[1], profiles_without_key: ['p-b2'] },
    ],
  });
  expect((await machine().varvel('keys', 'forget', 'c3', 'd4', '--yes')).code).toBe(0);
  expect((await machine().varvel('profiles', 'delete', 'p-a1', 'nobody')).code).toBe(4);
  expect((await machine().varvel('profiles', 'delete', 'p-a1', 'p-b2', '--yes')).code).toBe(0);
  const { profiles } = await machine().json(profilesList, 'profiles', 'list');
  expect(profiles.map(({ name }) => name)).toEqual(['p-c3', 'p-d4']);
});

test('a key gets a name that stays over fal’s alias, until an empty one gives that back', async () => {
  const remote = (await all()).find(({ alias, account }) => alias === 'deploy' && account === 'falconers');
  const id = remote?.key_id ?? '';
  const aliases = async () => {
    const { keys } = await machine().json(keysList, 'keys', 'list');
    return keys.filter((key) => key.id === id).map(({ alias }) => alias);
  };
  await machine().varvelWith({ input: remote?.key ?? '' }, 'keys', 'add', '--stdin');
  await machine().varvel('keys', 'list');
  const renamed = await machine().varvel('keys', 'rename', 'deploy', 'kestrel');
  expect(renamed).toMatchObject({
    code: 0,
    stderr: expect.stringContaining(`Key “deploy” is now “kestrel” (${id}) of falconers.`),
  });
  expect(await aliases()).toEqual(['kestrel']);
  expect((await machine().varvel('keys', 'reveal', 'kestrel')).stdout).toBe(`${remote?.key}\n`);
  expect((await machine().varvel('activity', '--key', 'kestrel')).stdout).toMatch(/key renamed.*was deploy/);
  expect((await machine().varvel('keys', 'rename', 'kestrel', '')).stderr).toContain('is now “deploy”');
  expect(await aliases()).toEqual(['deploy']);
});

test('a name that another key of the account has is given with a warning; a secret is no name', async () => {
  const one = await create('bots');
  await create('spare');
  const { code, stderr } = await machine().varvel('keys', 'rename', 'spare', 'bots');
  expect(code).toBe(0);
  expect(stderr).toContain(`ada has another key “bots”: ${one}.`);
  const { key } = (await all()).find(({ key_id }) => key_id === one) ?? { key: '' };
  const refused = await machine().varvel('keys', 'rename', one, key.replaceAll('-', ''));
  expectFailure(refused, 2, /every program on this machine/, /keys add/);
  expect(refused.stderr).not.toContain(key.split(':')[1]);
  expectFailure(await machine().varvel('keys', 'rename', one, 'a\nb'), 2, /line breaks/, /one line/);
});
