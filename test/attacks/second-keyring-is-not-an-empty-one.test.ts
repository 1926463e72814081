import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { expectFailure, whoami } from '../integration/cli/contract.ts';
import { type Machine, makeMachine } from '../integration/cli/machine.ts';
import { tokenRequests } from '../integration/cli/requests.ts';
import { type Keyring, startKeyring } from '../integration/keyring.ts';
import { keyOf } from '../integration/sandbox/running.ts';

let sandbox: Sandbox;
let keyring: Keyring;
let machine: Machine & AsyncDisposable;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

/** A keychain of its own for each test, since each replaces it. */
beforeEach(async () => {
  keyring = await startKeyring();
  machine = await makeMachine(sandbox, keyring);
  await machine.signIn('ada', 'github');
});
afterEach(async () => {
  await machine[Symbol.asyncDispose]();
  await keyring.close();
});

test('another default keyring loses no key, ends no session and writes nothing', async () => {
  const { varvel, varvelWith, root } = machine;
  const { key } = await keyOf(sandbox, 'ada', 'API');
  await varvelWith({ input: key }, 'keys', 'add', 'bots', '--stdin', '-p', 'studio');
  await keyring.replaceDefault();
  const other = /default keychain is not the one that has Varvel’s keys/;
  for (const command of [
    ['env', 'studio'],
    ['run', '-p', 'studio', '--', 'true'],
    ['keys', 'test', 'studio'],
    ['accounts', 'list'],
    ['keys', 'create', 'more', '--account', 'ada'],
  ]) {
    expectFailure(await varvel(...command), 5, other, /make it the default again/);
  }
  const backup = { env: { VARVEL_PASSPHRASE: 'correct horse battery staple' } };
  expectFailure(await varvelWith(backup, 'backup', join(root, 'b.age')), 5, other, /./);
  expect(existsSync(join(root, 'b.age'))).toBe(false);
  const doctor = await varvel('doctor', '--offline');
  expect(doctor).toMatchObject({ code: 5, signal: null });
  expect(doctor.stdout).toMatch(other);

  await keyring.unlock();
  expect(await varvel('keys', 'reveal', 'bots')).toMatchObject({ code: 0, stdout: `${key}\n` });
  expect(await varvel('accounts', 'list')).toMatchObject({ code: 0 });
});

test('a locked second keyring that has some of the secrets loses none, ends no session and crashes nothing', async () => {
  const { varvel, varvelWith, root } = machine;
  const keys: Record<string, string> = {};
  for (const [name, scope] of [['first', 'API'] as const, ['second', 'ADMIN'] as const]) {
    const { key } = await keyOf(sandbox, 'ada', scope);
    keys[name] = key;
    await varvelWith({ input: key }, 'keys', 'add', name, '--stdin', '-p', name);
  }
  const [id] = keys.second?.split(':') ?? [];
  const { identities } = await machine.json(whoami, 'whoami');
  await varvel('accounts', 'list');
  await keyring.lockAway([
    `key/${id}`,
    `session/${identities[0]?.id}/refresh`,
    `session/${identities[0]?.id}/access`,
  ]);
  const locked = /keyring that has some of Varvel’s secrets is locked/;
  for (const command of [
    ['env', 'second'],
    ['run', '-p', 'second', '--', 'true'],
    ['keys', 'test', 'second'],
    ['keys', 'forget', 'second', '--yes'],
    ['keys', 'create', 'more', '--account', 'ada'],
    ['logout', 'ada@example.com'],
    ['find', '.'],
  ])
    expectFailure(await varvelWith({ cwd: root }, ...command), 5, locked, /Unlock all keyrings/);
  const backup = { env: { VARVEL_PASSPHRASE: 'correct horse battery staple' } };
  expectFailure(await varvelWith(backup, 'backup', join(root, 'b.age')), 5, locked, /./);
  expect(existsSync(join(root, 'b.age'))).toBe(false);
  const doctor = await varvel('doctor', '--offline');
  expect(doctor).toMatchObject({ code: 5, signal: null });
  expect(doctor.stdout).toMatch(locked);
  // what is in the open one can be read
  expect(await varvel('keys', 'reveal', 'first')).toMatchObject({ code: 0, stdout: `${keys.first}\n` });
  expect((await varvel('whoami')).stdout).toMatch(/signed in/);
});

test('a refresh token of which a locked keyring has a newer copy is not spent, and no copy counts as deleted', async () => {
  const { varvel, varvelWith } = machine;
  const { key } = await keyOf(sandbox, 'ada', 'API');
  const [id] = key.split(':');
  await varvelWith({ input: key }, 'keys', 'add', 'bots', '--stdin');
  const { identities } = await machine.json(whoami, 'whoami');
  const names = [`key/${id}`, `session/${identities[0]?.id}/refresh`];
  await keyring.lockAway(names, { leaving: 'a copy' });
  await machine.control('expire', { person: 'ada', what: 'access' });
  const locked = /keyring that has some of Varvel’s secrets is locked/;
  const asked = await tokenRequests(sandbox);
  expect((await varvel('accounts', 'list')).stderr).toMatch(locked);
  expect(await tokenRequests(sandbox)).toBe(asked);
  expect((await varvel('whoami')).stdout).toMatch(/signed in/);
  expectFailure(await varvel('keys', 'forget', 'bots', '--yes'), 5, locked, /Unlock all keyrings/);
});

test('a keychain that is lost for good is given up with vault reset', async () => {
  const { varvel, varvelWith } = machine;
  const { key } = await keyOf(sandbox, 'ada', 'API');
  await varvelWith({ input: key }, 'keys', 'add', 'bots', '--stdin');
  await keyring.replaceDefault();
  expectFailure(await varvel('vault', 'reset'), 2, /Use this keychain/, /--yes/);
  expect(await varvel('vault', 'reset', '--yes')).toMatchObject({ code: 0 });
  expectFailure(await varvel('keys', 'reveal', 'bots'), 4, /secret/, /./);
  await varvelWith({ input: key }, 'keys', 'add', '--stdin');
  expect((await varvel('keys', 'reveal', 'bots')).stdout).toBe(`${key}\n`);
});
