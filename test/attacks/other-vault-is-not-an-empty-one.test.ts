import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { expectFailure, keysList, madeKey } from '../integration/cli/contract.ts';
import { newMachine } from '../integration/cli/machine.ts';
import { requestsOf } from '../integration/cli/requests.ts';
import { keyOf, keysOf } from '../integration/sandbox/running.ts';

const machine = newMachine({ signedIn: ['ada'] });
const inFile = { env: { VARVEL_VAULT: 'file', VARVEL_PASSPHRASE: 'correct horse battery staple' } };
const status = z.object({ vault: z.string(), state: z.string() });

test('a command with another VARVEL_VAULT signs nobody out, and takes no key for gone', async () => {
  const { varvel, varvelWith, json, sandbox } = machine();
  const { id } = await json(madeKey, 'keys', 'create', 'bots', '--profile', 'staging');
  const before = await keysOf(sandbox);
  const inKeychain = /stored this secret in the keychain, and is using the passphrase vault/;
  // before that vault is set up, and once it has a key of its own
  for (const rounds of ['empty', 'set up']) {
    for (const command of [
      ['accounts', 'list'],
      ['env', 'staging'],
    ])
      expectFailure(await varvelWith(inFile, ...command), 5, inKeychain, /VARVEL_VAULT to `keychain`/);
    for (const words of [
      ['--forget', '--all'],
      ['--revoke', '--all', '--account', 'ada'],
    ])
      await varvelWith(inFile, 'keys', 'reconcile', ...words, '--yes');
    const { key } = await keyOf(sandbox, 'falconers', 'API');
    const added = await varvelWith(
      { ...inFile, input: key },
      'keys',
      'add',
      rounds.replace(' ', '-'),
      '--stdin',
    );
    expect(added).toMatchObject({ code: 0 });
  }
  expect((await keysOf(sandbox)).map(({ key_id }) => key_id)).toEqual(before.map(({ key_id }) => key_id));
  expect(await varvel('accounts', 'list')).toMatchObject({ code: 0 });
  expect(await varvel('keys', 'test', 'staging')).toMatchObject({ code: 0 });
  const { keys } = await json(keysList, 'keys', 'list');
  expect(keys.find((key) => key.id === id)).toMatchObject({ stored: true, profiles: ['staging'] });
});

test('a secret that is in both vaults, and lost in one of them, is still in the other', async () => {
  const { varvel, varvelWith, json, data } = machine();
  await json(madeKey, 'keys', 'create', 'bots', '--profile', 'staging');
  const secret = (await varvel('keys', 'reveal', 'bots')).stdout;
  await varvelWith({ ...inFile, input: secret }, 'keys', 'add', 'bots', '--stdin');
  // as somebody does whom Varvel told to give up a damaged one
  for (const name of await readdir(join(data, 'vault', 'items')))
    await rm(join(data, 'vault', 'items', name));
  expectFailure(
    await varvelWith(inFile, 'env', 'staging'),
    5,
    /stored this secret in the keychain/,
    /VARVEL_VAULT/,
  );
  await varvelWith(inFile, 'keys', 'reconcile', '--forget', '--all', '--yes');
  expectFailure(
    await varvelWith(inFile, 'accounts', 'list'),
    5,
    /stored this secret in the keychain/,
    /VARVEL_VAULT/,
  );
  expect(await varvel('accounts', 'list')).toMatchObject({ code: 0 });
  expect((await varvel('keys', 'reveal', 'bots')).stdout).toBe(secret);
});

test('a session that fal has ended in one vault leaves that of the other vault alone', async () => {
  const { varvel, varvelWith, signIn, env, control } = machine();
  for (const what of ['access', 'refresh']) await control('expire', { person: 'ada', what });
  Object.assign(env, inFile.env);
  expect(await signIn('ada', 'github')).toMatchObject({ code: 0 });
  for (const name of Object.keys(inFile.env)) delete env[name];
  const other = /stored this secret in the passphrase vault, and is using the keychain/;
  expectFailure(await varvel('accounts', 'list'), 5, other, /VARVEL_VAULT to `file`/);
  expectFailure(await varvel('keys', 'list', '--account', 'ada'), 5, other, /VARVEL_VAULT/);
  expect(await varvelWith(inFile, 'accounts', 'list')).toMatchObject({ code: 0 });
  expect(await signIn('ada', 'github')).toMatchObject({ code: 0 });
  expect(await varvel('accounts', 'list')).toMatchObject({ code: 0 });
});

test('a passphrase vault of which a part isn’t there signs nobody out for good', async () => {
  const { signIn, varvelWith, data, env, root } = machine();
  Object.assign(env, inFile.env);
  await signIn('grace', 'google');
  await varvelWith(inFile, 'accounts', 'list');
  const items = join(data, 'vault', 'items');
  const away = join(root, 'items');
  await machine().control('expire', { person: 'grace', what: 'access' });
  await rename(items, away);
  const gone = /The passphrase vault that has Varvel’s keys is not in/;
  const list = ['keys', 'list', '--account', 'grace'];
  for (const command of [list, ['logout', 'grace@example.org']])
    expectFailure(await varvelWith(inFile, ...command), 5, gone, /restore the folder/);
  // as after a copy from before the sign-in was put back
  await mkdir(items, { mode: 0o700 });
  expectFailure(await varvelWith(inFile, ...list), 3, /session of grace/, /login/);
  await rm(items, { recursive: true });
  await rename(away, items);
  expect(await varvelWith(inFile, ...list)).toMatchObject({ code: 0, stderr: '' });
  for (const name of Object.keys(inFile.env)) delete env[name];
});

test('a passphrase vault whose folder isn’t there is not an empty one, until somebody says that it is lost', async () => {
  const { varvelWith, sandbox, data } = machine();
  const { key } = await keyOf(sandbox, 'falconers', 'API');
  const varvel = (...args: string[]) => varvelWith(inFile, ...args);
  await varvelWith({ ...inFile, input: key }, 'keys', 'add', 'bots', '--stdin', '-p', 'staging');
  const folder = join(data, 'vault');
  await rename(folder, `${folder}.away`);
  for (const command of [
    ['env', 'staging'],
    ['keys', 'reconcile', '--forget', '--all', '--yes'],
    ['keys', 'create', 'more', '--account', 'ada'],
  ])
    expectFailure(await varvel(...command), 5, /vault that has Varvel’s keys is not in/, /reset the vault/);
  await rename(`${folder}.away`, folder);
  expect((await varvel('keys', 'reveal', 'bots')).stdout).toBe(`${key}\n`);
  expectFailure(await varvel('vault', 'reset', '--yes'), 2, /isn’t lost/, /vault/);

  await rename(folder, `${folder}.away`);
  expect(await varvel('vault', 'reset', '--yes')).toMatchObject({ code: 0 });
  expectFailure(await varvel('keys', 'reveal', 'bots'), 4, /secret/, /./);
});

test('the vault for all commands is chosen by vault use, and nothing of the other one is lost', async () => {
  const { varvel, json, env } = machine();
  delete env.VARVEL_VAULT;
  await json(madeKey, 'keys', 'create', 'bots', '--profile', 'staging');
  expect(await varvel('vault', 'use', 'file')).toMatchObject({ code: 0 });
  expect(await json(status, 'vault', 'status')).toMatchObject({ vault: 'file', state: 'not set up' });
  expectFailure(await varvel('env', 'staging'), 5, /in the keychain/, /`keychain`/);
  expect(await varvel('vault', 'use', 'keychain')).toMatchObject({ code: 0 });
  expect(await varvel('env', 'staging')).toMatchObject({ code: 0 });
  expectFailure(await varvel('vault', 'use', 'elsewhere'), 2, /not a valid VAULT/, /keychain, file/);
});

test('what is forgotten and signed out while the other vault is in use is gone there too, once that one is in use again', async () => {
  const { varvel, varvelWith, json, env, sandbox } = machine();
  const { id } = await json(madeKey, 'keys', 'create', 'bots');
  const inKeychain = () =>
    execFileSync('secret-tool', ['search', '--all', 'service', service], { env, stdio: 'pipe' }).toString();
  const service = `Varvel ${machine().data}`;
  expect(inKeychain()).toContain(`key/${id}`);
  expect(await varvelWith(inFile, 'keys', 'forget', 'bots', '--yes')).toMatchObject({ code: 0 });
  const out = await varvelWith(inFile, 'logout', '--all', '--yes');
  expect(out).toMatchObject({ code: 0, stderr: expect.stringContaining('in the keychain') });
  expect(inKeychain()).toContain('/refresh');
  await varvel('profiles', 'list');
  expect(inKeychain()).not.toMatch(/\/refresh|\/access|key\//);
  expect(await requestsOf(sandbox)).toContainEqual(expect.stringContaining('/oauth/revoke'));
});

test('a key that is forgotten and added again in one vault stays there when the other one is in use', async () => {
  const { varvel, varvelWith, json, sandbox } = machine();
  const { id } = await json(madeKey, 'keys', 'create', 'bots', '--profile', 'staging');
  const input = (await keysOf(sandbox)).find(({ key_id }) => key_id === id)?.key ?? '';
  await varvelWith(inFile, 'keys', 'forget', id, '--yes');
  expect(await varvelWith({ ...inFile, input }, 'keys', 'add', 'bots', '--stdin')).toMatchObject({ code: 0 });
  // each deletes what is left over in its own vault, and nothing else
  for (const options of [{}, inFile, {}, inFile]) await varvelWith(options, 'profiles', 'list');
  expect((await varvelWith(inFile, 'keys', 'reveal', id)).stdout).toBe(`${input}\n`);
  expectFailure(await varvel('keys', 'reveal', id), 5, /in the passphrase vault/, /`file`/);
});

test('a backup is restored, and a key added again, into the vault that is left', async () => {
  const { varvel, varvelWith, json, root, sandbox } = machine();
  const { id } = await json(madeKey, 'keys', 'create', 'bots', '--profile', 'staging');
  const key = (await keysOf(sandbox)).find(({ key_id }) => key_id === id)?.key ?? '';
  const file = join(root, 'b.age');
  const passphrase = { env: { VARVEL_PASSPHRASE: inFile.env.VARVEL_PASSPHRASE } };
  expect(await varvelWith(passphrase, 'backup', file)).toMatchObject({ code: 0 });
  expect(await varvelWith(inFile, 'restore', file)).toMatchObject({ code: 0 });
  expect((await varvelWith(inFile, 'env', 'staging')).stdout).toContain(key);
  expect(await varvel('env', 'staging')).toMatchObject({ code: 0, stdout: expect.stringContaining(key) });
});

test('what undoes an export, or a change of the fal CLI’s file, and is in the other vault stops no rotation, and brings no revoked key back', async () => {
  const { varvel, varvelWith, json, signIn, env, root, sandbox } = machine();
  const [file, config] = [join(root, '.env'), join(root, 'home/.fal/config.toml')];
  const keyAtFal = async (id: string) =>
    (await keysOf(sandbox)).find(({ key_id }) => key_id === id)?.key ?? '';
  const { id: first } = await json(madeKey, 'keys', 'create', 'bots', '--profile', 'staging');
  const key = await keyAtFal(first);
  await varvel('switch', 'staging');
  const write = async () => {
    expect(await varvel('export', file, '-p', 'staging')).toMatchObject({ code: 0 });
    expect(await varvel('falcli', 'apply', '--with-key')).toMatchObject({ code: 0 });
  };
  await write();
  const { id: second } = await json(madeKey, 'keys', 'create', 'others');
  await varvel('profiles', 'set', 'staging', `key=${second}`);
  await write();

  Object.assign(env, inFile.env);
  expect(await signIn('ada', 'github')).toMatchObject({ code: 0 });
  for (const name of Object.keys(inFile.env)) delete env[name];
  await varvelWith({ ...inFile, input: key }, 'keys', 'add', 'bots', '--stdin');
  const rotated = await varvelWith(inFile, 'keys', 'rotate', first, '--grace', '0', '--yes');
  expect(rotated).toMatchObject({ code: 0 });
  const atFal = await keysOf(sandbox);
  expect(atFal.map(({ key_id }) => key_id)).not.toContain(first);
  const successor = atFal.find(({ alias }) => alias.startsWith('bots-g2'))?.key ?? '';

  const undos = [
    ['export', file, '--undo'],
    ['falcli', 'undo'],
  ];
  for (const undo of undos) expectFailure(await varvel(...undo), 5, /in the passphrase vault/, /add the key/);
  await varvelWith({ input: successor }, 'keys', 'add', 'bots', '--stdin');
  for (const undo of undos) expect(await varvel(...undo)).toMatchObject({ code: 0 });
  for (const path of [file, config]) {
    const text = await readFile(path, 'utf8');
    expect(text).toContain(successor);
    expect(text).not.toContain(key);
  }
});
