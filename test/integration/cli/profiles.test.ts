import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { keyOf } from '../sandbox/running.ts';
import { errorOf, expectFailure, profilesList } from './contract.ts';
import { newMachine } from './machine.ts';

const machine = newMachine();
const current = z.object({ current: z.nullable(z.string()) });

/** A key of an account in the vault, under an alias. */
async function givenKey(account: string, alias: string): Promise<string> {
  const key = await keyOf(machine().sandbox, account, 'API');
  await machine().varvelWith({ input: key.key }, 'keys', 'add', alias, '--stdin');
  return key.key_id;
}

test('a new home has no profiles and none is current', async () => {
  expect(await machine().json(profilesList, 'profiles', 'list')).toEqual({ current: null, profiles: [] });
  expect(await machine().varvel('profiles', 'list')).toMatchObject({ code: 0, stdout: '' });
  expect(await machine().varvel('current')).toMatchObject({ code: 0, stdout: '' });
  expect(await machine().json(current, 'current')).toEqual({ current: null });
});

test('a profile is made with its fields and shown with them', async () => {
  const id = await givenKey('falconers', 'bots');
  const fields = ['key=bots', 'host=api.alpha.fal.ai', 'color=teal', 'note=CI, Berlin = yes'];
  expect(await machine().varvel('profiles', 'create', 'staging', ...fields)).toMatchObject({
    code: 0,
    stdout: '',
  });
  const { profiles } = await machine().json(profilesList, 'profiles', 'list');
  expect(profiles).toEqual([
    expect.objectContaining({
      name: 'staging',
      account: 'falconers',
      key: id,
      scope: 'API',
      host: 'api.alpha.fal.ai',
      verdict: 'valid',
      tested_at: expect.any(String),
    }),
  ]);
  const { stdout } = await machine().varvel('profiles', 'show', 'staging');
  expect(stdout).toMatch(/^Note\tCI, Berlin = yes$/m);
  const shown = JSON.parse((await machine().varvel('profiles', 'show', 'staging', '--json')).stdout);
  expect(shown).toMatchObject({ name: 'staging', color: 'teal', note: 'CI, Berlin = yes', current: false });
});

test('what is set changes, what is left out stays, what is empty goes', async () => {
  await givenKey('ada', 'bots');
  await machine().varvel('profiles', 'create', 'p', 'key=bots', 'note=first', 'color=red');
  expect(await machine().varvel('profiles', 'set', 'p', 'note=second')).toMatchObject({ code: 0 });
  const show = async () => JSON.parse((await machine().varvel('profiles', 'show', 'p', '--json')).stdout);
  expect(await show()).toMatchObject({ note: 'second', color: 'red', account: 'ada' });
  await machine().varvel('profiles', 'set', 'p', 'note=', 'key=');
  expect(await show()).toMatchObject({ note: null, key: null, color: 'red', account: 'ada' });
});

test('a profile follows its key to the key’s account, and says so', async () => {
  await givenKey('ada', 'mine');
  await givenKey('falconers', 'teams');
  await machine().varvel('profiles', 'create', 'p', 'key=mine');
  const { code, stderr } = await machine().varvel('profiles', 'set', 'p', 'key=teams');
  expect(code).toBe(0);
  expect(stderr).toMatch(/warning: The key belongs to falconers. Profile “p” now uses that account, not ada/);
});

test('an account that is not the key’s is a conflict', async () => {
  await machine().signIn('ada', 'github');
  await givenKey('ada', 'mine');
  await machine().varvel('profiles', 'create', 'p', 'key=mine');
  const ended = await machine().varvel('profiles', 'set', 'p', 'account=falconers');
  expectFailure(ended, 8, /belongs to ada, not to falconers/, /key=KEY account=falconers/);
});

test.each([
  ['an unknown field', ['set', 'p', 'colour=red'], 2, /“colour=red”/, /Did you mean “color”\?/],
  ['a word without =', ['set', 'p', 'note'], 2, /“note” is not one of key=…/, /./],
  ['nothing', ['set', 'p'], 2, /FIELD=VALUE is missing|Nothing to change/, /./],
  ['a host that is none', ['set', 'p', 'host=https://api.x'], 2, /is not a host/, /starts with `api`/],
  [
    'a host that begins otherwise',
    ['set', 'p', 'host=evil.example'],
    2,
    /is not a host/,
    /starts with `api`/,
  ],
  ['a colour that is none', ['set', 'p', 'color=mauve'], 2, /not a valid color/, /brass/],
  ['a key that is not here', ['set', 'p', 'key=nope'], 4, /No key matches/, /keys list/],
  ['a profile that is not there', ['set', 'q', 'note=x'], 4, /Profile “q” doesn’t exist/, /./],
  ['a name that is taken', ['create', 'p'], 8, /already exists/, /profiles set/],
  ['a name that fal keeps', ['create', '__internal__'], 2, /reserved by the fal CLI/, /./],
  ['a name with a blank', ['create', 'a b'], 2, /characters that can’t be used/, /letters/],
  ['a name of 65 characters', ['create', 'a'.repeat(65)], 2, /65 characters/, /64/],
  ['an empty name', ['create', ''], 2, /Enter a name/, /./],
  ['renaming to a taken name', ['rename', 'p', 'other'], 8, /already exists/, /./],
  ['renaming what is not there', ['rename', 'q', 'r'], 4, /Profile “q” doesn’t exist/, /./],
  ['deleting what is not there', ['delete', 'oter'], 4, /Profile “oter” doesn’t exist/, /“other”/],
  ['showing what is not there', ['show', 'oter'], 4, /Profile “oter” doesn’t exist/, /“other”/],
])('%s is refused and changes nothing', async (_, args, code, message, hint) => {
  for (const name of ['p', 'other']) await machine().varvel('profiles', 'create', name);
  const before = await machine().json(profilesList, 'profiles', 'list');
  expectFailure(await machine().varvel('profiles', ...args), code, message, hint);
  expect(await machine().json(profilesList, 'profiles', 'list')).toEqual(before);
});

test('names are told apart by case, and 64 characters are taken', async () => {
  for (const name of ['a', 'A', 'x'.repeat(64), 'v1.2_3-rc']) {
    expect(await machine().varvel('profiles', 'create', name)).toMatchObject({ code: 0 });
  }
  expect((await machine().json(profilesList, 'profiles', 'list')).profiles).toHaveLength(4);
});

test('switch makes one profile current, and --none makes none', async () => {
  for (const name of ['a', 'b']) await machine().varvel('profiles', 'create', name);
  expect(await machine().varvel('switch', 'a')).toMatchObject({ code: 0, stdout: '' });
  expect((await machine().varvel('current')).stdout).toBe('a\n');
  expect(await machine().json(current, 'switch', 'b')).toEqual({ current: 'b' });
  expect((await machine().json(profilesList, 'profiles', 'list')).current).toBe('b');
  expect(await machine().varvel('switch', '--none')).toMatchObject({ code: 0 });
  expect(await machine().varvel('current')).toMatchObject({ code: 0, stdout: '' });
});

test('switch warns of a key that fal rejected and of an account that it locked, and switches all the same', async () => {
  const invalid = await givenKey('falconers', 'rejected');
  const locked = await givenKey('mews', 'balance');
  await machine().varvel('profiles', 'create', 'old', `key=${invalid}`);
  await machine().varvel('profiles', 'create', 'client', `key=${locked}`);
  await machine().varvel('profiles', 'create', 'empty');
  for (const name of ['old', 'client'])
    expect((await machine().varvel('switch', name)).stderr).not.toContain('warning');
  await machine().control('revoke', { key_id: invalid });
  await machine().control('lock', { account: 'mews', reason: 'Exhausted balance' });
  await machine().varvel('keys', 'test', '--all');
  for (const [name, warning] of [
    ['old', /^warning: fal rejected the key of old in its last test\.$/m],
    ['client', /^warning: fal has locked the account of client: .*balance/im],
    ['empty', /^warning: Profile “empty” has no key\. Set one with/m],
  ] as const) {
    const { code, stderr } = await machine().varvel('switch', name);
    expect(code, name).toBe(0);
    expect(stderr).toMatch(warning);
    expect((await machine().varvel('current')).stdout).toBe(`${name}\n`);
  }
});

test('switch to what is not there leaves the current one and names the nearest', async () => {
  await machine().varvel('profiles', 'create', 'staging');
  await machine().varvel('switch', 'staging');
  expectFailure(
    await machine().varvel('switch', 'stagign'),
    4,
    /Profile “stagign” doesn’t exist/,
    /“staging”/,
  );
  expect(errorOf(await machine().varvel('switch', 'stagign', '--json')).code).toBe('not_found');
  expect((await machine().varvel('current')).stdout).toBe('staging\n');
  expectFailure(await machine().varvel('switch'), 2, /Name a profile/, /./);
  expectFailure(await machine().varvel('switch', 'staging', '--none'), 2, /Name a profile/, /./);
});

test('a current profile stays current under its new name, and none is current when it is deleted', async () => {
  const id = await givenKey('ada', 'bots');
  await machine().varvel('profiles', 'create', 'a', 'key=bots');
  await machine().varvel('switch', 'a');
  expect(await machine().varvel('profiles', 'rename', 'a', 'b')).toMatchObject({ code: 0 });
  expect((await machine().varvel('current')).stdout).toBe('b\n');
  const { stderr } = await machine().varvel('profiles', 'delete', 'b');
  expect(stderr).toContain('There is no current profile now.');
  expect(stderr).toContain(`varvel profiles create b key=${id}`);
  expect(await machine().varvel('current')).toMatchObject({ code: 0, stdout: '' });
  // its key is still here
  expect((await machine().varvel('keys', 'reveal', id)).code).toBe(0);
});

test('VARVEL_PROFILE is named where it wins over what was switched to', async () => {
  for (const name of ['a', 'b']) await machine().varvel('profiles', 'create', name);
  const options = { env: { VARVEL_PROFILE: 'a' } };
  expect((await machine().varvelWith(options, 'switch', 'b')).stderr).toMatch(
    /VARVEL_PROFILE=a overrides it/,
  );
  const said = await machine().varvelWith(options, 'current');
  expect(said.stdout).toBe('b\n');
  expect(said.stderr).toContain('VARVEL_PROFILE=a overrides it');
});
