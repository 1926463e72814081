import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { encodeBackup } from '../../core/backup/document.ts';
import { sealUnderPassphrase } from '../../platform/vault/under-passphrase.ts';
import { expectFailure, keysList, madeKey, profilesList } from '../integration/cli/contract.ts';
import { newMachine } from '../integration/cli/machine.ts';
import { keyOf, keysOf } from '../integration/sandbox/running.ts';

const machine = newMachine();

/** Somebody else's backup: it knows a key's id, as every log does, but not its secret. */
const key = 'aaaaaaaa-0000-4000-8000-000000000001:0123456789abcdef0123456789abcdef';
const id = key.slice(0, 36);

test('a foreign backup can’t send one of our keys to its own host, nor become current', async () => {
  const { varvel, varvelWith, env, root } = machine();
  env.VARVEL_PASSPHRASE = 'given with the file';
  const home = env.VARVEL_HOME ?? '';
  env.VARVEL_HOME = join(root, 'theirs');
  await varvelWith({ input: `${id}:guessed` }, 'keys', 'add', '--stdin');
  await varvel('profiles', 'create', 'studio', `key=${id}`, 'host=api.attacker.example');
  await varvel('switch', 'studio');
  // their vault loses the secret: the backup holds the key's id alone
  const file = join(root, 'gift.age');
  await varvel('keys', 'forget', id, '--yes');
  await varvel('profiles', 'set', 'studio', `key=${id}`);
  await varvel('backup', file);
  expect(readFileSync(file).length).toBeGreaterThan(0);

  env.VARVEL_HOME = home;
  await varvelWith({ input: key }, 'keys', 'add', 'mine', '--stdin');
  await varvel('restore', file);
  expect((await machine().json(profilesList, 'profiles', 'list')).profiles).toEqual([]);
  await varvel('restore', file, '--allow-hosts');
  const { current, profiles } = await machine().json(profilesList, 'profiles', 'list');
  expect(current).toBeNull();
  expect(profiles).toMatchObject([{ name: 'studio', host: 'api.attacker.example', key: null }]);
});

test('… nor one whose secret is in the other vault, where it can’t be compared', async () => {
  const { varvelWith, root, env } = machine();
  await varvelWith({ input: key }, 'keys', 'add', 'mine', '--stdin');
  const passphrase = 'given with the file';
  const guessed = { id, alias: null, scope: null, account: null, created_at: null, key: `${id}:guessed` };
  const studio = { name: 'studio', account: null, key_id: id, color: 'teal', note: null };
  const text = encodeBackup({
    varvel_backup: 1,
    made_at: new Date().toISOString(),
    environment: 'sandbox',
    current: null,
    keys: [guessed],
    profiles: [{ ...studio, host: 'api.attacker.example' }],
  });
  const file = join(root, 'gift.age');
  writeFileSync(file, await sealUnderPassphrase(text, passphrase, 12));
  env.VARVEL_PASSPHRASE = passphrase;
  const restored = await varvelWith({ env: { VARVEL_VAULT: 'file' } }, 'restore', file, '--allow-hosts');
  expect(restored).toMatchObject({ code: 0 });
  const { profiles } = await machine().json(profilesList, 'profiles', 'list');
  expect(profiles).toMatchObject([{ name: 'studio', host: 'api.attacker.example', key: null }]);
});

test('a foreign ADMIN key that is said to be of our account manages nothing there', async () => {
  const { varvel, varvelWith, json, env, root, sandbox, signIn } = machine();
  env.VARVEL_PASSPHRASE = 'given with the file';
  await signIn('ada', 'github');
  const mine = await json(madeKey, 'keys', 'create', 'mine', '--account', 'ada', '--profile', 'mine');
  const [account] = (await json(keysList, 'keys', 'list', '--account', 'ada')).keys.map((key) => key.account);
  await varvel('logout', '--all', '--yes');
  const home = env.VARVEL_HOME ?? '';
  env.VARVEL_HOME = join(root, 'theirs');
  const { key: theirs } = await keyOf(sandbox, 'falconers', 'ADMIN');
  await varvelWith({ input: theirs }, 'keys', 'add', 'old-laptop', '--stdin');
  const claimed = new DatabaseSync(join(env.VARVEL_HOME, 'sandbox', 'state.db'));
  const ours = new DatabaseSync(join(home, 'sandbox', 'state.db'), { readOnly: true });
  const { account_id: id } = ours.prepare('SELECT account_id FROM keys WHERE id = ?').get(mine.id) ?? {};
  claimed
    .prepare("UPDATE keys SET scope = 'ADMIN', account_id = ?, account_nickname = 'ada'")
    .run(id ?? null);
  claimed.close();
  ours.close();
  const file = join(root, 'gift.age');
  await varvel('backup', file);

  env.VARVEL_HOME = home;
  expect(await varvel('restore', file)).toMatchObject({ code: 0 });
  const before = await keysOf(sandbox);
  const isTheirs = /is a key of falconers, not of ada/;
  expectFailure(
    await varvel('keys', 'create', 'more', '--account', account ?? ''),
    8,
    isTheirs,
    /whose it is/,
  );
  expectFailure(await varvel('keys', 'revoke', mine.id, '--yes'), 8, isTheirs, /whose it is/);
  // nor does what falconers spent count as ada's
  expectFailure(await varvel('usage', '--account', 'ada'), 8, isTheirs, /whose it is/);
  expect(await keysOf(sandbox)).toEqual(before);
  expect(await varvel('keys', 'test', mine.id)).toMatchObject({ code: 0 });
});
