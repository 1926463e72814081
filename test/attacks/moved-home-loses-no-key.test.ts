import { cp, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectFailure } from '../integration/cli/contract.ts';
import { newMachine } from '../integration/cli/machine.ts';
import { keyOf } from '../integration/sandbox/running.ts';

const machine = newMachine();

const elsewhere = /has Varvel’s keys for the data folder .*varvel.*, and this is another one/;

test('a data folder that is moved says where its keys are, and has them again when it is moved back', async () => {
  const { varvel, varvelWith, home, root, sandbox } = machine();
  const { key } = await keyOf(sandbox, 'ada', 'API');
  await varvelWith({ input: key }, 'keys', 'add', 'bots', '--stdin', '-p', 'bots');
  const there = join(root, 'other disk');
  await rename(home, there);
  await symlink(there, home);
  for (const command of [
    ['env', 'bots'],
    ['keys', 'reconcile', '--forget', '--all', '--yes'],
  ])
    expectFailure(await varvel(...command), 5, elsewhere, /backup/);
  await rm(home);
  await rename(there, home);
  expect(await varvel('keys', 'reveal', 'bots')).toMatchObject({ code: 0, stdout: `${key}\n` });
});

test('a data folder that is copied has none of the original’s keys, and can’t change them', async () => {
  const { varvel, varvelWith, home, root, sandbox } = machine();
  const { key } = await keyOf(sandbox, 'ada', 'API');
  await varvelWith({ input: key }, 'keys', 'add', 'bots', '--stdin');
  const copy = { env: { VARVEL_HOME: join(root, 'copy') } };
  await cp(home, copy.env.VARVEL_HOME, { recursive: true });
  expectFailure(await varvelWith(copy, 'keys', 'reveal', 'bots'), 5, elsewhere, /backup/);
  expect(await varvelWith(copy, 'vault', 'reset', '--yes')).toMatchObject({ code: 0 });
  expect(await varvelWith(copy, 'keys', 'forget', 'bots', '--yes')).toMatchObject({ code: 0 });
  expect(await varvel('keys', 'reveal', 'bots')).toMatchObject({ code: 0, stdout: `${key}\n` });
});
