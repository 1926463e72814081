import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { profilesList } from '../integration/cli/contract.ts';
import { newMachine } from '../integration/cli/machine.ts';

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
