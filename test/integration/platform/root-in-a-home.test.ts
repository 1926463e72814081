import { chownSync, lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { giveTo } from '../../electron/person.ts';
import { newMachine, vaultPassphrase } from '../cli/machine.ts';
import { keyOf } from '../sandbox/running.ts';

// A container that runs as root, with a person's data folder mounted.

const isRoot = process.getuid?.() === 0;
const machine = newMachine({ vault: 'file' });
const person = { uid: 1234, gid: 1234 };

beforeEach(() => {
  if (isRoot) giveTo(person, machine().root);
});

/** What is root's in a folder. */
const rootsIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => lstatSync(join(folder, name)).uid === 0,
  );

async function does(...args: string[]): Promise<void> {
  const { code, stderr } = await machine().varvel(...args);
  expect({ args, code, stderr }).toMatchObject({ code: 0 });
  expect([args, rootsIn(machine().home)]).toEqual([args, []]);
}

test.runIf(isRoot)('nothing that root does in a person’s data folder locks them out', async () => {
  const { key } = await keyOf(machine().sandbox, 'falconers', 'API');
  const added = await machine().varvelWith({ input: key }, 'keys', 'add', 'one', '--stdin', '-p', 'p');
  expect(added).toMatchObject({ code: 0 });
  expect(await machine().signIn('ada', 'github')).toMatchObject({ code: 0 });
  expect(rootsIn(machine().home)).toEqual([]);
  await does('keys', 'create', 'two', '-p', 'q');
  await does('switch', 'q');
  await does('env');
  await does('run', '--', 'true');
  const exported = join(machine().root, '.env');
  await does('export', exported);
  // no data of Varvel's: whoever has the folder could read what is root's
  expect(lstatSync(exported).uid).toBe(0);
  await does('find', '--scrub', '--yes', exported);
  await does('vault', 'unlock', '--for', '1h');
  delete machine().env.VARVEL_PASSPHRASE;
  await does('env');
  await does('vault', 'lock');
  machine().env.VARVEL_PASSPHRASE = vaultPassphrase;
  await does('logout', '--all');
});

test.runIf(isRoot)('a new data folder, and one whose database is damaged, stay theirs too', async () => {
  const home = join(machine().root, 'new', 'varvel');
  mkdirSync(join(home, '..'));
  chownSync(join(home, '..'), 1234, 1234);
  machine().env.VARVEL_HOME = home;
  const { key } = await keyOf(machine().sandbox, 'falconers', 'API');
  const add = () => machine().varvelWith({ input: key }, 'keys', 'add', 'one', '--stdin', '-p', 'p');
  expect(await add()).toMatchObject({ code: 0 });
  expect([lstatSync(home).uid, rootsIn(home)]).toEqual([1234, []]);
  writeFileSync(join(home, 'sandbox', 'state.db'), 'rubbish'.repeat(4096));
  await machine().varvel('keys', 'list');
  expect(await machine().varvel('doctor', '--offline')).toMatchObject({ code: 0 });
  expect(rootsIn(home)).toEqual([]);
  expect(readdirSync(join(home, 'sandbox')).join()).toContain('damaged');
});
