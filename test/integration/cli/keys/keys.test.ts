import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { ask, keyOf, keysOf } from '../../sandbox/running.ts';
import { errorOf, expectFailure, keysList, madeKey, profilesList } from '../contract.ts';
import { newMachine } from '../machine.ts';
import { requestsOf } from '../requests.ts';

const machine = newMachine({ signedIn: ['ada'] });

test('keys list shows every account’s keys, told apart: only at fal, both, only here, not asked', async () => {
  const before = await machine().json(keysList, 'keys', 'list');
  expect(before.keys).toHaveLength(12);
  expect(before.keys.every(({ stored, remote }) => remote && !stored)).toBe(true);
  const { id } = await machine().json(madeKey, 'keys', 'create', 'bots', '--profile', 'staging');
  const foreign = await keyOf(machine().sandbox, 'grace', 'API');
  await machine().varvelWith({ input: foreign.key }, 'keys', 'add', '--stdin');
  const gone = await keyOf(machine().sandbox, 'mews', 'API');
  await machine().varvelWith({ input: gone.key }, 'keys', 'add', '--stdin');
  await ask(`${machine().sandbox.control}/revoke`, { body: { key_id: gone.key_id } });
  const { keys } = await machine().json(keysList, 'keys', 'list');
  expect(keys.find((key) => key.id === id)).toMatchObject({
    alias: 'bots',
    scope: 'API',
    account: 'ada',
    stored: true,
    remote: true,
    profiles: ['staging'],
  });
  expect(keys.find((key) => key.id === foreign.key_id)).toMatchObject({ stored: true, remote: false });
  const { stdout } = await machine().varvel('keys', 'list');
  expect(stdout).toMatch(new RegExp(`^${id}\tbots\t.*here and at fal.*\tstaging\t`, 'm'));
  expect(stdout).toMatch(new RegExp(`^${foreign.key_id}\t.*here, not checked with fal`, 'm'));
  expect(stdout).toMatch(new RegExp(`^${gone.key_id}\t.*only here`, 'm'));
  expect(stdout).toMatch(/\tbuild-bots\t.*\tonly at fal\t\t\d+ d$/m);
});

test('keys list --account asks for one account; its nickname ignores case', async () => {
  const { keys } = await machine().json(keysList, 'keys', 'list', '--account', 'FALCONERS');
  expect(new Set(keys.map(({ account }) => account))).toEqual(new Set(['falconers']));
  expect(keys.map(({ scope }) => scope).sort()).toEqual(['ADMIN', 'API', 'API']);
  const ended = await machine().varvel('keys', 'list', '--account', 'falconer');
  expectFailure(ended, 4, /No account “falconer”/, /Did you mean “falconers”\?/);
});

test('keys create prints the id alone; the secret goes to the vault and is shown only with --reveal', async () => {
  const made = await machine().varvel('keys', 'create', 'bots');
  expect(made).toMatchObject({ code: 0 });
  expect(made.stdout).toMatch(/^[0-9a-f-]{36}\n$/);
  const atFal = (await keysOf(machine().sandbox)).find(({ alias }) => alias === 'bots');
  expect(atFal).toMatchObject({ scope: 'API', account: 'ada', key_id: made.stdout.trim() });
  expect(made.stdout + made.stderr).not.toContain(atFal?.key_secret);
  expect((await machine().varvel('keys', 'reveal', 'bots')).stdout).toBe(`${atFal?.key}\n`);

  const shown = await machine().varvel('keys', 'create', 'shown', '--reveal');
  const other = (await keysOf(machine().sandbox)).find(({ alias }) => alias === 'shown');
  expect(shown.stdout).toBe(`${other?.key_id}\n${other?.key}\n`);
  expect(shown.stderr).not.toContain(other?.key_secret);
  const json = await machine().json(madeKey, 'keys', 'create', 'third', '--reveal');
  expect(json.key).toMatch(new RegExp(`^${json.id}:`));
  expect(await machine().json(madeKey, 'keys', 'create', 'fourth')).not.toHaveProperty('key');
});

test('keys create takes scope, account and profile, and explains ADMIN', async () => {
  const args = [
    'keys',
    'create',
    'deployer',
    '--scope',
    'ADMIN',
    '--account',
    'falconers',
    '--profile',
    'team',
  ];
  const { code, stdout, stderr } = await machine().varvel(...args);
  expect(code).toBe(0);
  expect(stderr).toMatch(/ADMIN key can also deploy/);
  const atFal = (await keysOf(machine().sandbox)).find(({ key_id }) => key_id === stdout.trim());
  expect(atFal).toMatchObject({ scope: 'ADMIN', account: 'falconers', alias: 'deployer' });
  const { profiles } = await machine().json(profilesList, 'profiles', 'list');
  expect(profiles).toMatchObject([
    { name: 'team', account: 'falconers', key: stdout.trim(), scope: 'ADMIN' },
  ]);
});

test('keys create points a profile that is there at the new key, whose account it follows', async () => {
  await machine().varvel('profiles', 'create', 'staging', 'account=ada');
  const { id } = await machine().json(
    madeKey,
    ...['keys', 'create', 'bots', '--profile', 'staging', '--account', 'falconers'],
  );
  const { profiles } = await machine().json(profilesList, 'profiles', 'list');
  expect(profiles).toMatchObject([{ name: 'staging', key: id, account: 'falconers' }]);
});

test.each([
  ['an empty alias', [''], 2, /Enter an alias/],
  ['an alias of 256 characters', ['ä'.repeat(256)], 2, /256 characters/],
  ['an alias with a line break', ['a\nb'], 2, /line breaks or control/],
  ['a profile name with a slash', ['bots', '--profile', 'a/b'], 2, /characters that can’t be used/],
  ['a scope that is none', ['bots', '--scope', 'ADMN'], 2, /“ADMN” is not a valid value for --scope/],
  ['an unknown account', ['bots', '--account', 'nobody-here'], 4, /No account “nobody-here”/],
  ['no alias at all', [], 2, /ALIAS is missing/],
  ['two aliases', ['a', 'b'], 2, /Unexpected argument “b”/],
])('keys create with %s is refused and creates nothing', async (_, args, code, message) => {
  const before = (await keysOf(machine().sandbox)).length;
  expectFailure(await machine().varvel('keys', 'create', ...args), code, message, /.+/);
  expect((await keysOf(machine().sandbox)).length).toBe(before);
});

test('an alias of 255 characters, of any script, is taken as it is', async () => {
  const alias = `鷹${'ä'.repeat(253)}🪶`;
  const { id } = await machine().json(madeKey, 'keys', 'create', alias);
  expect((await keysOf(machine().sandbox)).find(({ key_id }) => key_id === id)?.alias).toBe(alias);
  expect((await machine().varvel('keys', 'reveal', alias)).code).toBe(0);
});

test('a key is named by its id, the beginning of its id, or its alias in any case', async () => {
  const { id } = await machine().json(madeKey, 'keys', 'create', 'Bots');
  for (const name of [id, id.slice(0, 8), 'bots', 'BOTS']) {
    expect((await machine().varvel('keys', 'reveal', name)).stdout).toContain(id);
  }
  expectFailure(await machine().varvel('keys', 'reveal', 'bost'), 4, /No key matches “bost”/, /“Bots”/);
  await machine().varvel('keys', 'create', 'bots', '--account', 'falconers');
  expectFailure(await machine().varvel('keys', 'reveal', 'bots'), 2, /Several keys match “bots”/, /id/);
  expect(errorOf(await machine().varvel('keys', 'reveal', 'bots', '--json')).code).toBe('ambiguous');
  // a name that looks like the beginning of another key's id
  await machine().varvel('keys', 'create', id.slice(0, 8), '--account', 'falconers');
  const revoked = await machine().varvel('keys', 'revoke', id.slice(0, 8), '--yes');
  expectFailure(revoked, 2, /Several keys match/, /id/);
});

test('keys revoke asks first; without a terminal it must be told --yes', async () => {
  const { id } = await machine().json(madeKey, 'keys', 'create', 'bots', '--profile', 'staging');
  expectFailure(
    await machine().varvel('keys', 'revoke', 'bots'),
    2,
    /Revoking key “bots” .* can’t be undone\. Profile staging will have no key\./,
    /--yes/,
  );
  expect((await keysOf(machine().sandbox)).some(({ key_id }) => key_id === id)).toBe(true);
  const revoked = z.object({ revoked: z.string(), profiles_without_key: z.array(z.string()) });
  expect(await machine().json(revoked, 'keys', 'revoke', 'bots', '--yes')).toEqual({
    revoked: id,
    profiles_without_key: ['staging'],
  });
  expect((await keysOf(machine().sandbox)).some(({ key_id }) => key_id === id)).toBe(false);
  expect((await machine().varvel('keys', 'reveal', id)).code).toBe(4);
  const { profiles } = await machine().json(profilesList, 'profiles', 'list');
  expect(profiles).toMatchObject([{ name: 'staging', key: null }]);
});

test('keys revoke also revokes a key of which only fal knows, and one that fal has lost already', async () => {
  const remote = await keyOf(machine().sandbox, 'night-shift', 'API');
  expect(await machine().varvel('keys', 'revoke', remote.key_id, '--yes')).toMatchObject({ code: 0 });
  expect((await keysOf(machine().sandbox)).some(({ key_id }) => key_id === remote.key_id)).toBe(false);
  const { id } = await machine().json(madeKey, 'keys', 'create', 'gone');
  await machine().control('revoke', { key_id: id });
  const { code, stderr } = await machine().varvel('keys', 'revoke', id, '--yes');
  expect(code).toBe(0);
  expect(stderr).toMatch(/Key .* was already revoked at fal/);
  expect((await machine().varvel('keys', 'revoke', 'never-was', '--yes')).code).toBe(4);
});

test('keys revoke says “revoked” only of a key that fal no longer takes', async () => {
  const { varvel, varvelWith, json, control, sandbox } = machine();
  const { id } = await json(madeKey, 'keys', 'create', 'bots');
  await control('move', { key_id: id, account: 'grace' });
  expectFailure(
    await varvel('keys', 'revoke', id, '--yes'),
    8,
    /may still work: ada doesn’t list it, and a test after its revoke says “locked”/,
    /whose it is/,
  );
  expect(await varvel('keys', 'reveal', id)).toMatchObject({ code: 0 });

  // an ADMIN key sees no ADMIN keys, so that it can't revoke one
  const { key, key_id: admin } = await keyOf(sandbox, 'falconers', 'ADMIN');
  await varvelWith({ input: key }, 'keys', 'add', 'boss', '--stdin');
  await varvel('logout', '--all', '--yes');
  expectFailure(await varvel('keys', 'revoke', 'boss', '--yes'), 3, /only manages API keys/, /login/);
  expect((await keysOf(sandbox)).map(({ key_id }) => key_id)).toContain(admin);
  expect(await varvel('keys', 'reveal', 'boss')).toMatchObject({ code: 0 });
});

test('an ADMIN key that fal no longer takes leaves an account’s other ADMIN key the work', async () => {
  const { varvel, json, control, sandbox } = machine();
  await json(madeKey, 'keys', 'create', 'one', '--scope', 'ADMIN', '--account', 'falconers');
  await json(madeKey, 'keys', 'create', 'two', '--scope', 'ADMIN', '--account', 'falconers');
  const { id: bots } = await json(madeKey, 'keys', 'create', 'bots', '--account', 'falconers');
  await varvel('logout', '--all', '--yes');
  const { keys } = await json(keysList, 'keys', 'list');
  // whichever is asked first
  const [first = ''] = keys.filter(({ scope, stored }) => scope === 'ADMIN' && stored).map(({ id }) => id);
  await control('revoke', { key_id: first });
  expect(await varvel('keys', 'create', 'more', '--account', 'falconers')).toMatchObject({ code: 0 });
  expect(await varvel('keys', 'revoke', bots, '--yes')).toMatchObject({ code: 0 });
  expect((await keysOf(sandbox)).map(({ key_id }) => key_id)).not.toContain(bots);
});

test('keys forget takes the secret away here and leaves the key at fal', async () => {
  const { id } = await machine().json(madeKey, 'keys', 'create', 'bots', '--profile', 'staging');
  expectFailure(await machine().varvel('keys', 'forget', 'bots'), 2, /can’t be undone/, /--yes/);
  expect(await machine().varvel('keys', 'forget', 'bots', '--yes')).toMatchObject({ code: 0, stdout: '' });
  expect((await keysOf(machine().sandbox)).some(({ key_id }) => key_id === id)).toBe(true);
  expect((await machine().varvel('keys', 'reveal', id)).code).toBe(4);
  const { keys } = await machine().json(keysList, 'keys', 'list');
  expect(keys.find((key) => key.id === id)).toMatchObject({ stored: false, remote: true, profiles: [] });
});

test('one account that fal refuses is warned of, and the keys of the others are listed', async () => {
  await machine().control('faults', { target: 'grpc', kind: 'status', status: 403, times: 1 });
  const { code, stdout, stderr } = await machine().varvel('keys', 'list', '--json');
  expect(code).toBe(0);
  expect(stderr).toMatch(/warning: \S+: fal (couldn’t|refused to) list the keys/);
  expect(keysList.parse(JSON.parse(stdout)).keys).toHaveLength(9);
});

test('when fal’s answer to creating a key is lost, it is asked once, and one is told to look before trying again', async () => {
  await machine().control('faults', { target: 'grpc', kind: 'drop', after: true, path: '', times: 1 });
  const ended = await machine().varvel('keys', 'create', 'lost', '--account', 'ada');
  expectFailure(ended, 6, /./, /may still have created the key. Run `varvel keys list`/);
  expect((await keysOf(machine().sandbox)).filter(({ alias }) => alias === 'lost')).toHaveLength(1);
});

test('nor does a failure of fal tell that no key was made', async () => {
  await machine().varvel('accounts', 'list');
  await machine().control('faults', { target: 'grpc', kind: 'status', status: 500, after: true, times: 1 });
  const bySignIn = await machine().varvel('keys', 'create', 'lost', '--account', 'ada');
  const { key } = await keyOf(machine().sandbox, 'ada', 'ADMIN');
  await machine().varvelWith({ input: key }, 'keys', 'add', 'admin', '--stdin');
  await machine().varvel('logout', '--all');
  await machine().control('faults', {
    target: 'platform',
    kind: 'drop',
    after: true,
    path: '/v1/keys',
    times: 1,
  });
  const byKey = await machine().varvel('keys', 'create', 'lost', '--account', 'ada');
  for (const ended of [bySignIn, byKey])
    expectFailure(ended, ended.code ?? 0, /./, /may still have created the key. Run `varvel keys list`/);
  expect((await keysOf(machine().sandbox)).filter(({ alias }) => alias === 'lost')).toHaveLength(2);
});

test('a connection to the key service that is cut is tried again, and when it stays cut it is unreachable', async () => {
  await machine().varvel('accounts', 'list');
  await machine().control('faults', { target: 'grpc', kind: 'drop', times: 2 });
  expect(await machine().varvel('keys', 'list', '--account', 'ada')).toMatchObject({ code: 0 });
  await machine().control('faults', { target: 'grpc', kind: 'drop' });
  expectFailure(await machine().varvel('keys', 'list', '--account', 'ada'), 6, /./, /./);
  // many calls share one connection: none of them is taken for cancelled by the person
  expectFailure(await machine().varvel('keys', 'list'), 6, /./, /./);
});

test('Ctrl-C while fal makes a key says that it may have been made', async () => {
  await machine().varvel('accounts', 'list');
  await machine().control('faults', { target: 'grpc', kind: 'slow', delay_ms: 30_000 });
  const running = machine().start({}, 'keys', 'create', 'half', '--account', 'ada');
  while (!(await requestsOf(machine().sandbox)).some((request) => request.includes('CreateUserKey')))
    await new Promise((resolve) => setTimeout(resolve, 20));
  running.process.kill('SIGINT');
  expectFailure(await running.ended, 130, /Cancelled: create the key/, /keys list/);
});

test('with a current profile whose account nobody reaches, no key is made in another one', async () => {
  await machine().varvel('keys', 'create', 'pers', '--account', 'ada', '--profile', 'pers');
  await machine().varvel('keys', 'create', 'adm', '--scope', 'ADMIN', '--account', 'falconers', '--yes');
  await machine().varvel('switch', 'pers');
  await machine().varvel('logout', '--all', '--yes');
  const before = await keysOf(machine().sandbox);
  for (const args of [
    ['keys', 'create', 'k2', '--profile', 'pers'],
    ['run', '--temporary', '--', 'true'],
  ])
    expect((await machine().varvel(...args)).code).toBe(3);
  expect(await keysOf(machine().sandbox)).toEqual(before);
  // the account that the ADMIN key manages, when it is named
  expect(await machine().varvel('keys', 'create', 'k3', '--account', 'falconers')).toMatchObject({ code: 0 });
});
