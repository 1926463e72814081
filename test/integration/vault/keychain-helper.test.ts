import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keychainWord } from '../../../platform/vault/helper-words.ts';
import { createKeychain } from '../../../platform/vault/keychain.ts';
import { keytarInHelper } from '../../../platform/vault/keychain-helper/keytar-in-helper.ts';
import { type Keyring, startKeyring } from '../keyring.ts';

const cli = join(import.meta.dirname, '../../../dist/cli/varvel.cjs');
let keyring: Keyring;
beforeAll(async () => {
  keyring = await startKeyring();
});
afterAll(() => keyring.close());

/** The built command line as the helper, on the test's own keychain. */
const keytar = () => {
  const variables = Object.entries(keyring.env).map(([name, value]) => `${name}=${value}`);
  return keytarInHelper(['/usr/bin/env', '-i', ...variables, process.execPath, cli, keychainWord]);
};
const keychain = (service: string) => {
  const helper = keytar();
  return createKeychain({ service, platform: 'darwin', load: () => helper });
};

test('a window that uses the command line’s program stores, reads, lists and deletes by it', async () => {
  const vault = keychain('Varvel helper');
  const secret = 'id:ü"\\\n\u2028secret';
  await vault.set('key/a', secret);
  await vault.set('key/b', 'id:other');
  expect(await vault.get('key/a')).toBe(secret);
  expect(await vault.get('key/none')).toBeNull();
  expect((await vault.names()).sort()).toEqual(['key/a', 'key/b']);
  await vault.delete('key/b');
  expect(await vault.names()).toEqual(['key/a']);
  // the same items without a helper
  const direct = ['lookup', 'service', 'Varvel helper', 'account', 'key/a'];
  expect(execFileSync('secret-tool', direct, { env: keyring.env, encoding: 'utf8' })).toBe(secret);
});

test('many calls at once each get their own answer', async () => {
  const helper = keytar();
  const names = Array.from({ length: 50 }, (_, at) => `key/${at}`);
  await Promise.all(names.map((name) => helper.setPassword('Varvel many', name, `id:${name}`)));
  const read = await Promise.all(names.map((name) => helper.getPassword('Varvel many', name)));
  expect(read).toEqual(names.map((name) => `id:${name}`));
});

test('a helper that can’t be started, or ends, is an error and never a missing secret', async () => {
  const missing = keytarInHelper(['/nowhere/node', cli, keychainWord]);
  await expect(missing.getPassword('s', 'a')).rejects.toThrow('didn’t start');
  const ending = keytarInHelper(['/bin/true']);
  await expect(ending.getPassword('s', 'a')).rejects.toThrow('helper ended');
});

test('a locked keychain is said through the helper too', async () => {
  const vault = keychain('Varvel locked');
  await vault.set('key/a', 'id:secret');
  await keyring.lock();
  await expect(vault.get('key/a')).rejects.toMatchObject({ code: 'vault_locked' });
  await keyring.unlock();
  expect(await vault.get('key/a')).toBe('id:secret');
});
