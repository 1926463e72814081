import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { createKeychain, type Keytar } from '../../../platform/vault/keychain.ts';
import { withLongSecrets } from '../../../platform/vault/long-secrets.ts';

const limit = 2560;

/** A keychain that keeps to Windows' limit, and what it holds. */
function shortKeychain() {
  const items = new Map<string, string>();
  const keytar: Keytar = {
    getPassword: async (_service, account) => items.get(account) ?? null,
    setPassword: async (_service, account, password) => {
      if (Buffer.byteLength(password) > limit) throw new Error('The stub received bad data.');
      items.set(account, password);
    },
    deletePassword: async (_service, account) => items.delete(account),
    findCredentials: async () => [...items].map(([account, password]) => ({ account, password })),
  };
  const folder = mkdtempSync(join(tmpdir(), 'varvel-long-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = () => readdirSync(folder);
  const open = () =>
    withLongSecrets(createKeychain({ service: 'Varvel', platform: 'win32', load: () => keytar }), {
      folder,
      limit,
    });
  return { items, folder, files, open };
}

const long = `id:${'s'.repeat(6000)}`;

test('a long secret comes back as it was, also in another process, and lies nowhere in the open', async () => {
  const { items, folder, files, open } = shortKeychain();
  await open().set('undo/1', long);
  expect(await open().get('undo/1')).toBe(long);
  expect(await open().names()).toEqual(['undo/1']);
  expect(await open().getAll(['undo/1', 'key/none'])).toEqual(new Map([['undo/1', long]]));
  const [file = ''] = files();
  expect(readFileSync(join(folder, file), 'latin1')).not.toContain('ssss');
  expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  expect(items.get('undo/1')).not.toContain('ssss');
});

test('secrets of any length, stored, replaced and deleted in any order, are what was stored last', async () => {
  const { files, open } = shortKeychain();
  const step = fc.record({
    name: fc.constantFrom('key/a', 'key/b', 'undo/c'),
    length: fc.oneof(fc.constantFrom(0, 1, limit - 1, limit, limit + 1), fc.integer({ min: 1, max: 20_000 })),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const known = new Map<string, string>();
      for (const [index, { name, length }] of steps.entries()) {
        const vault = open();
        if (length === 0) {
          await vault.delete(name);
          known.delete(name);
        } else {
          const secret = String(index).padEnd(length, 'x').slice(0, length);
          await vault.set(name, secret);
          known.set(name, secret);
        }
        for (const [each, secret] of known) expect(await vault.get(each)).toBe(secret);
      }
      const longOnes = [...known.values()].filter((secret) => secret.length > limit);
      expect(files()).toHaveLength(longOnes.length);
      for (const name of known.keys()) await open().delete(name);
      expect(files()).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('a secret that looks like a pointer to a file is kept as it is', async () => {
  const { open } = shortKeychain();
  const trick = `varvel-long-secret:${'0'.repeat(64)}-${'0'.repeat(16)}.age:AGE-SECRET-KEY-1QQQQ`;
  await open().set('key/a', trick);
  expect(await open().get('key/a')).toBe(trick);
});

test('a missing, damaged or swapped file is said, and never a missing secret', async () => {
  const { folder, files, open } = shortKeychain();
  await open().set('undo/1', long);
  const path = join(folder, files()[0] ?? '');
  const content = readFileSync(path);
  unlinkSync(path);
  await expect(open().get('undo/1')).rejects.toMatchObject({ code: 'vault_unavailable' });
  writeFileSync(path, content.subarray(0, content.length - 1));
  await expect(open().get('undo/1')).rejects.toMatchObject({ code: 'vault_damaged' });
  writeFileSync(path, content);
  expect(await open().get('undo/1')).toBe(long);
});

test('what a crash left behind is deleted with the next change of that name, once it is a day old', async () => {
  const { folder, files, open } = shortKeychain();
  await open().set('undo/1', long);
  const [file = ''] = files();
  const left = file.replace(/-[0-9a-f]{16}/, `-${'e'.repeat(16)}`);
  writeFileSync(join(folder, left), 'half');
  await open().set('undo/1', `${long}2`);
  // another process may be about to point at it
  expect(files()).toContain(left);
  const yesterday = new Date(Date.now() - 25 * 60 * 60_000);
  utimesSync(join(folder, left), yesterday, yesterday);
  await open().set('undo/1', long);
  expect(files()).toHaveLength(1);
  expect(files()).not.toContain(left);
});
