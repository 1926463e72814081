import { cp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { expectFailure } from '../cli/contract.ts';
import { newMachine } from '../cli/machine.ts';

const machine = newMachine({ vault: 'file' });

const one = 'aaaaaaaa-0000-4000-8000-000000000001:0123456789abcdef0123456789abcdef';
const two = 'bbbbbbbb-0000-4000-8000-000000000002:fedcba9876543210fedcba9876543210';
const three = 'cccccccc-0000-4000-8000-000000000003:0123456789abcdeffedcba9876543210';
const vault = () => join(machine().data, 'vault');
const aside = () => join(machine().root, 'aside');
const varvel = (...args: string[]) => machine().varvel(...args);
const add = (alias: string, key: string, env: Record<string, string> = {}) =>
  machine().varvelWith({ input: key, env }, 'keys', 'add', alias, '--stdin', '-p', alias);

/** The vault of another computer, with another key and the same passphrase. */
let other = '';
beforeEach(async () => {
  await add('one', one);
  const home = join(machine().root, 'other');
  expect(await add('two', two, { VARVEL_HOME: home })).toMatchObject({ code: 0 });
  other = join(home, 'sandbox', 'vault');
});

const isAnother = /isn’t the one that has Varvel’s keys/;

test('another computer’s identity in the vault’s place is said, and nothing is sealed to it', async () => {
  await cp(join(vault(), 'identity.age'), aside());
  await cp(join(other, 'identity.age'), join(vault(), 'identity.age'));
  expectFailure(await add('three', three), 5, isAnother, /Restore the right one/);
  expectFailure(await varvel('env', 'one'), 5, /damaged or belongs to another vault/, /backup/);
  expect(await readdir(join(vault(), 'items'))).toHaveLength(1);
  await rename(aside(), join(vault(), 'identity.age'));
  expect(await add('three', three)).toMatchObject({ code: 0 });
  for (const [alias, key] of [
    ['one', one],
    ['three', three],
  ] as const)
    expect(await varvel('keys', 'reveal', alias)).toMatchObject({ stdout: `${key}\n` });
});

test('another computer’s whole vault in its place is said, and makes no key one without its secret', async () => {
  await rename(vault(), aside());
  await cp(other, vault(), { recursive: true });
  for (const args of [
    ['env', 'one'],
    ['keys', 'test', 'one'],
    ['keys', 'reveal', 'one'],
  ])
    expectFailure(await varvel(...args), 5, isAnother, /Restore/);
  expectFailure(await add('three', three), 5, isAnother, /Restore/);
  expect(await readdir(join(vault(), 'items'))).toHaveLength(1);
  await rm(vault(), { recursive: true });
  await rename(aside(), vault());
  expect(await varvel('keys', 'reveal', 'one')).toMatchObject({ stdout: `${one}\n` });
  expect((await varvel('keys', 'list')).stdout).not.toContain('bbbbbbbb');
});

test('a vault whose database was lost is still ours: keys are added, and the others come back', async () => {
  for (const name of await readdir(machine().data))
    if (name.startsWith('state.db')) await rm(join(machine().data, name));
  expect(await add('three', three)).toMatchObject({ code: 0 });
  expect(await varvel('vault', 'reset', '--yes')).toMatchObject({ code: 2 });
  expect((await varvel('doctor', '--offline')).stdout).toMatch(/Recovered 1 key/);
  for (const key of [one, three])
    expect(await varvel('keys', 'reveal', key.slice(0, 8))).toMatchObject({ stdout: `${key}\n` });
});

test('a vault whose only secret is damaged is still ours', async () => {
  const [item = ''] = await readdir(join(vault(), 'items'));
  for (const damage of ['', 'rubbish']) {
    await writeFile(join(vault(), 'items', item), damage);
    expectFailure(await varvel('env', 'one'), 5, /damaged/, /backup/);
  }
  expect(await add('three', three)).toMatchObject({ code: 0 });
  expect(await varvel('keys', 'reveal', 'three')).toMatchObject({ stdout: `${three}\n` });
});

test('another computer’s vault that is to be used from now on is, when somebody says so', async () => {
  await rm(vault(), { recursive: true });
  await cp(other, vault(), { recursive: true });
  expectFailure(await varvel('keys', 'reveal', 'one'), 5, isAnother, /reset the vault/);
  expectFailure(await varvel('vault', 'reset'), 2, /Use the passphrase vault that is there now/, /--yes/);
  expect(await varvel('vault', 'reset', '--yes')).toMatchObject({ code: 0 });
  expect(await add('three', three)).toMatchObject({ code: 0 });
  expectFailure(await varvel('keys', 'reveal', 'one'), 4, /not in this vault/, /./);
  expect((await varvel('doctor', '--offline')).stdout).toMatch(/Recovered 1 key/);
});
