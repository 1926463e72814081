import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { madeKey } from '../cli/contract.ts';
import { newMachine } from '../cli/machine.ts';
import { keysOf } from '../sandbox/running.ts';

const machine = newMachine({ vault: 'file', signedIn: ['ada'] });
const file = (name: string) => join(machine().root, 'home', name);
const atFal = async () => (await keysOf(machine().sandbox)).map(({ key_id }) => key_id);

/** A key to rotate with a file that has it, and a file with another key: the undos of both are damaged in the vault. */
async function damaged(): Promise<{ id: string; key: string }> {
  const { varvel, json, data, sandbox } = machine();
  const { id } = await json(madeKey, 'keys', 'create', 'bots', '--profile', 'staging');
  await varvel('keys', 'create', 'other', '--profile', 'other');
  const items = join(data, 'vault', 'items');
  const before = new Set(readdirSync(items));
  for (const profile of ['staging', 'other'])
    expect(await varvel('export', file(`${profile}.env`), '-p', profile)).toMatchObject({ code: 0 });
  const undos = readdirSync(items).filter((name) => !before.has(name));
  expect(undos).toHaveLength(2);
  for (const name of undos) writeFileSync(join(items, name), 'rubbish');
  return { id, key: (await keysOf(sandbox)).find(({ key_id }) => key_id === id)?.key ?? '' };
}

test('damaged undos of exports don’t stop a rotation', async () => {
  const { varvel } = machine();
  const { id, key } = await damaged();
  expect(await varvel('keys', 'rotate', 'bots', '--grace', '0', '--yes')).toMatchObject({ code: 0 });
  expect(await atFal()).not.toContain(id);
  const text = readFileSync(file('staging.env'), 'utf8');
  expect(text).toMatch(/FAL_KEY=\S+/);
  expect(text).not.toContain(key);
});

test('but their files are looked at, and a key that is left in one is not revoked', async () => {
  const { varvel } = machine();
  const { id, key } = await damaged();
  appendFileSync(file('other.env'), `SECOND_KEY=${key}\n`);
  const { code, stderr } = await varvel('keys', 'rotate', 'bots', '--grace', '0', '--yes');
  expect(code).not.toBe(0);
  expect(stderr).toContain(`${file('other.env')} still has the key`);
  expect(await atFal()).toContain(id);
});
