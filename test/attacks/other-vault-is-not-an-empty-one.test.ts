import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { expectFailure, keysList, madeKey } from '../integration/cli/contract.ts';
import { newMachine } from '../integration/cli/machine.ts';
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
      ['keys', 'reconcile', '--forget', '--all', '--yes'],
      ['keys', 'reconcile', '--revoke', '--all', '--account', 'ada', '--yes'],
    ])
      expectFailure(await varvelWith(inFile, ...command), 5, inKeychain, /VARVEL_VAULT to `keychain`/);
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
  expectFailure(await varvel('vault', 'use', 'elsewhere'), 2, /not a vault/, /`keychain` or `file`/);
});
