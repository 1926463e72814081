import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Machine, newMachine } from '../cli/machine.ts';
import { ask, keysOf } from '../sandbox/running.ts';

const machine = newMachine({ signedIn: ['ada'], vault: 'file' });

/** The keys of this rotation at fal. */
const atFal = async (here: Machine) =>
  (await keysOf(here.sandbox)).filter(({ alias }) => alias.startsWith('bots'));

/** A rotation that fal didn't let begin: it stands at its first step. */
async function stopped(here: Machine): Promise<string> {
  const file = join(here.root, 'home', '.env');
  await here.varvel('keys', 'create', 'bots', '--profile', 'staging');
  await here.varvel('export', file, '-p', 'staging');
  await here.control('faults', { target: 'grpc', kind: 'status', status: 500, times: 50 });
  expect(await here.varvel('keys', 'rotate', 'staging', '--yes')).toMatchObject({ code: 7 });
  await ask(`${here.sandbox.control}/faults`, { method: 'DELETE' });
  expect(await atFal(here)).toHaveLength(1);
  return file;
}

/** The key of the file is at fal. */
async function expectWorks(here: Machine, file: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const keys = (await keysOf(here.sandbox)).filter(({ key }) => text.includes(key));
  expect({ text, keys }).toMatchObject({ keys: [{}] });
}

test('two copies of a home that go on with the same rotation leave each other’s new key alone', async () => {
  const here = machine();
  const file = await stopped(here);
  const copy = join(here.root, 'copy');
  await cp(here.home, copy, { recursive: true });
  expect(await here.varvel('keys', 'rotate', 'staging', '--resume')).toMatchObject({ code: 0 });
  const [, first] = await atFal(here);
  const there = { env: { VARVEL_HOME: copy } };
  expect(await here.varvelWith(there, 'keys', 'rotate', 'staging', '--resume')).toMatchObject({ code: 0 });
  expect(await atFal(here)).toContainEqual(first);
  await expectWorks(here, file);
  expect(await here.varvel('keys', 'test', 'staging')).toMatchObject({ code: 0 });
  expect(await here.varvelWith(there, 'keys', 'test', 'staging')).toMatchObject({ code: 0 });
});

test('after an older database was put back, a rotation that goes on revokes no key that it has given away', async () => {
  const here = machine();
  const file = await stopped(here);
  const older = join(here.root, 'older');
  await cp(here.data, older, {
    recursive: true,
    filter: (path) => path === here.data || path.includes('state.db'),
  });
  expect(await here.varvel('keys', 'rotate', 'staging', '--resume')).toMatchObject({ code: 0 });
  await expectWorks(here, file);
  for (const end of ['', '-wal', '-shm']) await rm(join(here.data, `state.db${end}`), { force: true });
  await cp(older, here.data, { recursive: true });
  await here.varvel('keys', 'rotate', 'staging', '--resume', '--grace', '0', '--yes');
  await expectWorks(here, file);
  expect(await here.varvel('keys', 'test', 'staging')).toMatchObject({ code: 0 });
});
