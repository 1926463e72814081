import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { VarvelError } from '../../../core/model/error.ts';
import { createFileVault } from '../../../platform/vault/file-vault.ts';
import { vaultFolder } from '../../../platform/vault/open-vault.ts';
import { passphrase, temporaryFolder, temporaryVault } from './temporary.ts';
import { typed } from './typed.ts';
import { callOnce, codeOf } from './vault-process.ts';

const canary = 'canary-id:canary-secret-0123456789';
const withPassphrase = { ...process.env, VARVEL_PASSPHRASE: passphrase };

async function modesBelow(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true });
  const modes = await Promise.all(
    ['', ...found].map(async (name) => {
      const { mode } = await stat(join(folder, name));
      return `${(mode & 0o170000) === 0o040000 ? 'folder' : 'file'} ${(mode & 0o777).toString(8)}`;
    }),
  );
  return [...new Set(modes)].sort();
}

describe('the passphrase vault', () => {
  test('a vault that was never set up holds nothing and asks for nothing', async () => {
    await using home = await temporaryFolder();
    const never = () => Promise.reject(new Error('asked'));
    const vault = createFileVault({ folder: vaultFolder(home.folder), passphrase: never });
    expect(await vault.get('key/a')).toBeNull();
    expect(await vault.names()).toEqual([]);
    await vault.delete('key/a');
    expect(await readdir(home.folder)).toEqual([]);
  });

  test('a secret stored by one command is there for the next, listed, replaced and deleted', async () => {
    await using home = await temporaryFolder();
    const once = (call: Parameters<typeof callOnce>[0]['once'] & {}) =>
      callOnce({ kind: 'file', folder: home.folder, once: call }, withPassphrase);
    expect((await once(['set', 'key/a', canary])).exitCode).toBe(0);
    expect((await once(['get', 'key/a'])).answer).toEqual({ value: canary });
    expect((await once(['get', 'key/b'])).answer).toEqual({ value: null });
    expect((await once(['names'])).answer).toEqual({ value: ['key/a'] });
    expect((await once(['delete', 'key/a'])).exitCode).toBe(0);
    expect((await once(['get', 'key/a'])).answer).toEqual({ value: null });
  });

  test('a wrong passphrase is called that, ends a command with 5 and changes nothing', async () => {
    await using home = await temporaryVault();
    await home.store.set('key/a', canary);
    const before = await readFile(join(home.vault, 'identity.age'));
    const wrong = { ...process.env, VARVEL_PASSPHRASE: 'not it' };
    for (const call of [['get', 'key/a'], ['set', 'key/a', 'x'], ['prepare']] as const) {
      const { answer, exitCode } = await callOnce(
        { kind: 'file', folder: home.folder, once: [...call] },
        wrong,
      );
      expect([codeOf(answer), exitCode]).toEqual(['wrong_passphrase', 5]);
    }
    expect(await readFile(join(home.vault, 'identity.age'))).toEqual(before);
    expect(await home.store.get('key/a')).toBe(canary);
  });

  test('every printable character comes back as it went in', async () => {
    await using home = await temporaryVault();
    const roundTrip = async (name: string, secret: string) => {
      await home.store.set(name, secret);
      expect(await home.store.get(name)).toBe(secret);
    };
    await roundTrip('all', String.fromCharCode(...Array.from({ length: 95 }, (_, index) => index + 32)));
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 });
    const storable = text.filter((value) => !value.includes('\0') && value.isWellFormed());
    await fc.assert(fc.asyncProperty(storable, storable, roundTrip), { numRuns: 60 });
  });

  test.each([0o000, 0o022, 0o077])('nobody else may read it under umask %o', async (umask) => {
    await using home = await temporaryFolder();
    const folder = join(home.folder, 'varvel', 'fal');
    const { exitCode } = await callOnce(
      { kind: 'file', folder, umask, once: ['set', 'key/a', canary] },
      withPassphrase,
    );
    expect(exitCode).toBe(0);
    expect(await modesBelow(join(home.folder, 'varvel'))).toEqual(['file 600', 'folder 700']);
  });

  test('a folder that stood open is closed', async () => {
    await using home = await temporaryVault();
    await chmod(home.vault, 0o755);
    await home.store.set('key/a', canary);
    expect(await modesBelow(home.vault)).toEqual(['file 600', 'folder 700']);
  });

  test('no file holds a secret in the clear', async () => {
    await using home = await temporaryVault();
    await home.store.set('key/canary-id', canary);
    const forms = [canary, 'canary-secret', passphrase, home.identity];
    const encoded = forms.flatMap((form) => [
      form,
      ...(['base64', 'base64url', 'hex'] as const).map((how) => Buffer.from(form).toString(how)),
    ]);
    for (const path of [...(await home.itemFiles()), join(home.vault, 'identity.age')]) {
      const content = await readFile(path, 'latin1');
      for (const form of encoded) expect(content).not.toContain(form.replace(/=+$/, ''));
    }
  });

  test('age itself opens the identity with the passphrase, and a secret with the identity', async () => {
    await using home = await temporaryVault();
    await home.store.set('key/a', canary);
    const [item] = await home.itemFiles();
    const identity = join(home.folder, 'identity.txt');
    const output = join(home.folder, 'item.json');
    await typed(`age -d -o '${identity}' '${home.vault}/identity.age'`, [passphrase]);
    expect(await readFile(identity, 'utf8')).toContain(home.identity);
    await once(spawn('age', ['-d', '-i', identity, '-o', output, `${item}`]), 'close');
    expect(JSON.parse(await readFile(output, 'utf8'))).toEqual({ name: 'key/a', secret: canary });
  });
});

describe('what can go wrong with its files', () => {
  const refused = async (work: () => Promise<unknown>): Promise<VarvelError> => {
    const error = await work().then(
      () => null,
      (thrown: VarvelError) => thrown,
    );
    if (error === null) throw new Error('it was accepted');
    return error;
  };

  test('a damaged secret is an error that names its file, wherever the damage is, and is not overwritten', async () => {
    await using home = await temporaryVault();
    await home.store.set('key/a', canary);
    const [path = ''] = await home.itemFiles();
    const whole = await readFile(path);
    const flip = fc.nat(whole.length - 1).map((at) => {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      return damaged;
    });
    const cut = fc.nat(whole.length - 1).map((length) => whole.subarray(0, length));
    const damage = async (damaged: Buffer) => {
      await writeFile(path, damaged);
      for (const work of [
        () => home.store.get('key/a'),
        () => home.store.set('key/a', 'new'),
        () => home.store.names(),
      ]) {
        const error = await refused(work);
        expect(error.code).toBe('vault_damaged');
        expect(error.message).toContain(path);
      }
      expect(await readFile(path)).toEqual(damaged);
    };
    await fc.assert(fc.asyncProperty(fc.oneof(flip, cut), damage), { numRuns: 60 });
  });

  test('a damaged secret can be given up', async () => {
    await using home = await temporaryVault();
    await home.store.set('key/a', canary);
    await writeFile((await home.itemFiles())[0] ?? '', 'rubbish');
    await home.store.delete('key/a');
    expect(await home.store.get('key/a')).toBeNull();
  });

  test('a secret moved to the place of another is noticed', async () => {
    await using home = await temporaryVault();
    await home.store.set('key/a', 'secret of a');
    const [a = ''] = await home.itemFiles();
    await home.store.set('key/b', 'secret of b');
    const b = (await home.itemFiles()).find((path) => path !== a) ?? '';
    await copyFile(a, b);
    const error = await refused(() => home.store.get('key/b'));
    expect(error.message).toContain('it belongs to another secret');
    expect(await home.store.get('key/a')).toBe('secret of a');
    await refused(() => home.store.names());
  });

  test('a damaged identity is an error that names it, and stays as it is', async () => {
    await using home = await temporaryVault();
    await home.store.set('key/a', canary);
    const path = join(home.vault, 'identity.age');
    for (const rubbish of ['', 'rubbish', (await readFile(path)).subarray(0, 100)]) {
      await writeFile(path, rubbish);
      const fresh = createFileVault({ folder: home.vault, passphrase: async () => passphrase });
      for (const work of [() => fresh.get('key/a'), () => fresh.prepare(), () => fresh.set('key/b', 'x')]) {
        const error = await refused(work);
        expect(error.code).toBe('vault_unavailable');
        expect(error.message).toContain(path);
      }
      expect(await readFile(path, 'latin1')).toBe(Buffer.from(rubbish).toString('latin1'));
    }
  });

  test('a vault whose identity is gone is not set up anew over its secrets', async () => {
    await using home = await temporaryVault();
    await home.store.set('key/a', canary);
    await rm(join(home.vault, 'identity.age'));
    const fresh = createFileVault({ folder: home.vault, passphrase: async () => passphrase });
    for (const store of [fresh, home.store]) {
      expect((await refused(() => store.set('key/b', 'x'))).message).toContain('it is missing');
    }
    expect((await refused(() => fresh.get('key/a'))).code).toBe('vault_unavailable');
    expect(await readdir(home.vault)).toEqual(['items']);
  });

  test('a window that stays open notices that the vault was exchanged', async () => {
    await using home = await temporaryVault();
    await using other = await temporaryVault('own');
    await copyFile(join(other.vault, 'identity.age'), join(home.vault, 'identity.age'));
    await home.store.set('key/a', canary);
    expect(
      await createFileVault({ folder: home.vault, passphrase: async () => passphrase }).get('key/a'),
    ).toBe(canary);
  });

  test('several secrets are read at once, without those that are missing', async () => {
    await using home = await temporaryVault();
    await home.store.set('key/a', canary);
    await home.store.set('key/b', `${canary}2`);
    await home.store.set('undo/c', 'x');
    expect(await home.store.getAll(['key/b', 'key/a', 'key/gone'])).toEqual(
      new Map([
        ['key/b', `${canary}2`],
        ['key/a', canary],
      ]),
    );
  });

  test('what a killed writer left is swept later, and never taken for a secret', async () => {
    await using home = await temporaryVault();
    await home.store.set('key/a', canary);
    const [fresh, old] = ['new', 'old'].map((name) => join(home.vault, 'items', `.${name}.age.1.abc.tmp`));
    for (const path of [fresh, old]) await writeFile(`${path}`, 'half');
    await utimes(`${old}`, 0, 0);
    expect(await home.store.names()).toEqual(['key/a']);
    await home.store.prepare();
    expect((await home.itemFiles()).filter((path) => path.endsWith('.tmp'))).toEqual([fresh]);
  });
});
