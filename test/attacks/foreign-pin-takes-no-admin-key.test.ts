import { chown, copyFile, lchown, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { expectFailure } from '../integration/cli/contract.ts';
import { sharedMachine } from '../integration/cli/machine.ts';
import { varvelProgram } from '../integration/cli/program.ts';
import { kinds, openShell } from '../integration/hooks/shell-kinds.ts';
import { keyOf } from '../integration/sandbox/running.ts';
import { figure } from './figures.ts';

const keys = { api: '', admin: '' };
const machine = sharedMachine({ vault: 'file', signedIn: ['ada'] }, async (made) => {
  for (const [profile, scope] of [['api', 'API'] as const, ['admin', 'ADMIN'] as const]) {
    keys[profile] = (await keyOf(made.sandbox, 'falconers', scope)).key;
    await made.varvelWith({ input: keys[profile] }, 'keys', 'add', profile, '--stdin', '-p', profile);
  }
  await made.varvel('keys', 'list');
  await made.varvel('switch', 'api');
});

/** A cloned repository. */
let clone = '';
const pinTo = (profile: string) => writeFile(join(clone, '.varvel'), `profile = "${profile}"\n`);
const varvel = (...args: string[]) => machine().varvelWith({ cwd: clone }, ...args);

beforeEach(async () => {
  clone = await mkdtemp(join(machine().root, 'clone-'));
  await mkdir(join(clone, '.git'));
});

test('a cloned pin gets no command an ADMIN key, and says so, until it is made here', async () => {
  await pinTo('admin');
  const commands = [['env'], ['run', '--', 'env'], ['export', '.env'], ['export', '-']];
  for (const words of commands)
    expectFailure(
      await varvel(...words),
      8,
      /chooses profile “admin”, which has an ADMIN key/,
      /varvel pin admin/,
    );
  const reason = expect.stringMatching(/^Not followed: .*wasn’t made on this computer/);
  expect(JSON.parse((await varvel('which', '--json')).stdout)).toMatchObject({
    tools: { varvel: { winner: { source: 'pin', profile: null, key_id: null } } },
    chain: expect.arrayContaining([{ source: 'pin', value: 'admin', wins: true, reason }]),
  });
  const asked = await machine().varvelWith(
    { cwd: clone, env: { VARVEL_HOOK_SAID: '' } },
    ...['hook', 'bash', '--answer'],
  );
  expect(asked).toMatchObject({ code: 0, stderr: expect.stringMatching(/^varvel: .*ADMIN key.*\n$/) });
  expect(asked.stdout).not.toContain(keys.admin.split(':')[1]);
  // what is said on the command line is the person's own choice
  expect((await varvel('env', 'admin')).stdout).toContain(keys.admin);
  expect(await varvel('pin', 'admin')).toMatchObject({ code: 0 });
  expect((await varvel('env')).stdout).toContain(keys.admin);
  // also below, and by another name of the folder
  await mkdir(join(clone, 'deep'));
  const link = `${clone}-link`;
  await symlink(clone, link);
  for (const cwd of [join(clone, 'deep'), link])
    expect((await machine().varvelWith({ cwd }, 'env')).stdout).toContain(keys.admin);
  figure(0, 'foreign pins', { commands: commands.length + 1, 'ADMIN keys given out': 0 });
});

// only root can give a file away
test.runIf(process.getuid?.() === 0)(
  'nor does a pin that another user made, outside of a repository',
  async () => {
    await rm(join(clone, '.git'), { recursive: true });
    await pinTo('admin');
    await chown(join(clone, '.varvel'), 1234, 1234);
    expectFailure(
      await varvel('env'),
      8,
      /chooses profile “admin”, which has an ADMIN key/,
      /varvel pin admin/,
    );
    await pinTo('api');
    expect((await varvel('env')).stdout).toContain(keys.api);
  },
);

test.runIf(process.getuid?.() === 0)('nor does another user’s link to a pin made here', async () => {
  await rm(join(clone, '.git'), { recursive: true });
  const made = join(clone, 'made');
  const other = join(clone, 'other');
  await mkdir(made);
  await mkdir(other);
  expect(await varvel('pin', 'admin', made)).toMatchObject({ code: 0 });
  const link = join(other, '.varvel');
  await symlink(join(made, '.varvel'), link);
  await lchown(link, 1234, 1234);
  const asked = await machine().varvelWith({ cwd: other }, 'env');
  expectFailure(asked, 8, /chooses profile “admin”, which has an ADMIN key/, /varvel pin admin/);
});

test('a cloned pin to an API key is followed as it is', async () => {
  await machine().varvel('switch', '--none');
  await pinTo('api');
  expect(await varvel('env')).toMatchObject({ code: 0, stdout: expect.stringContaining(keys.api) });
  await machine().varvel('switch', 'api');
});

test('a folder pinned here to one profile doesn’t accept a foreign pin to another', async () => {
  await varvel('pin', 'api');
  await pinTo('admin');
  expect(await varvel('env')).toMatchObject({ code: 8, stdout: '' });
});

test('an open shell in a clone has no key, says so once, and follows when the pin is made here', async () => {
  const [bash] = kinds.filter(({ shell }) => shell === 'bash');
  if (!bash) throw new Error('no bash');
  await pinTo('admin');
  await using shell = await openShell(machine(), bash);
  expect(await shell.variable('FAL_KEY')).toBe(keys.api);
  for (const way of [`cd '${clone}'`, 'true', 'cd', `cd '${clone}'`]) await shell.type(way);
  expect(await shell.variable('FAL_KEY')).toBeNull();
  expect(shell.times('varvel:')).toBe(1);
  await shell.type(`${varvelProgram} pin admin`);
  expect(await shell.variable('FAL_KEY')).toBe(keys.admin);
});

for (const kind of kinds)
  test(`${kind.shell}: a clone with the same pin as a folder pinned here gets no ADMIN key, and takes none away`, async () => {
    await varvel('pin', 'admin');
    const fork = `${clone}-fork`;
    await mkdir(join(fork, '.git'), { recursive: true });
    await copyFile(join(clone, '.varvel'), join(fork, '.varvel'));
    await mkdir(join(clone, 'deep'));
    await using shell = await openShell(machine(), kind);
    const rounds = [
      [clone, keys.admin],
      [fork, null],
      [join(clone, 'deep'), keys.admin],
      [fork, null],
      [clone, keys.admin],
    ] as const;
    for (const [folder, key] of rounds) {
      await shell.type(`cd '${folder}'`);
      expect(await shell.variable('FAL_KEY'), folder).toBe(key);
    }
  });
