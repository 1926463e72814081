import { cp, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectFailure } from '../integration/cli/contract.ts';
import { newMachine } from '../integration/cli/machine.ts';
import { keyOf } from '../integration/sandbox/running.ts';

const machine = newMachine();

test('a data folder that is moved, or is led to by a link, keeps its keys in the keychain', async () => {
  const { varvel, varvelWith, home, root, sandbox } = machine();
  const { key } = await keyOf(sandbox, 'ada', 'API');
  await varvelWith({ input: key }, 'keys', 'add', 'bots', '--stdin');
  const there = join(root, 'other disk');
  await rename(home, there);
  await symlink(there, home);
  const reveal = { code: 0, stdout: `${key}\n` };
  expect(await varvel('keys', 'reveal', 'bots')).toMatchObject(reveal);
  await rm(home);
  const inThere = { env: { VARVEL_HOME: there } };
  expect(await varvelWith(inThere, 'keys', 'reveal', 'bots')).toMatchObject(reveal);
  // also beside a new one at the old place
  expect(await varvel('profiles', 'list')).toMatchObject({ code: 0 });
  expect(await varvelWith(inThere, 'keys', 'reveal', 'bots')).toMatchObject(reveal);
});

test('a data folder that is copied has none of the original’s keys, and can’t change them', async () => {
  const { varvel, varvelWith, home, root, sandbox } = machine();
  const { key } = await keyOf(sandbox, 'ada', 'API');
  await varvelWith({ input: key }, 'keys', 'add', 'bots', '--stdin');
  const copy = { env: { VARVEL_HOME: join(root, 'copy') } };
  await cp(home, copy.env.VARVEL_HOME, { recursive: true });
  expectFailure(await varvelWith(copy, 'keys', 'reveal', 'bots'), 5, /is not the one that has/, /./);
  expect(await varvelWith(copy, 'vault', 'reset', '--yes')).toMatchObject({ code: 0 });
  expect(await varvelWith(copy, 'keys', 'forget', 'bots', '--yes')).toMatchObject({ code: 0 });
  expect(await varvel('keys', 'reveal', 'bots')).toMatchObject({ code: 0, stdout: `${key}\n` });
});
