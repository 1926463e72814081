import { linkSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { takeLock } from '../../../platform/process/lock-file.ts';
import { profilesList } from '../cli/contract.ts';
import { newMachine } from '../cli/machine.ts';
import { enter, installWeb, type WebProgram } from '../web/web-program.ts';

const machine = newMachine({ vault: 'file' });
let program: WebProgram;
beforeAll(async () => {
  program = await installWeb();
});
afterAll(() => program[Symbol.asyncDispose]());

/** The files of a folder that a process has locked, by the kernel's table. */
function lockedBy(pid: number | undefined, folder: string, names: string[]): string[] {
  const locks = readFileSync('/proc/locks', 'utf8').split('\n');
  return names.filter((name) => {
    const { ino } = statSync(join(folder, name));
    return locks.some((line) => line.includes(` ${pid} `) && line.includes(`:${ino} `));
  });
}

it('a search of a folder that has Varvel’s data leaves the database locked by the window, and both faces see one', async () => {
  const key = 'aaaaaaaa-0000-4000-8000-000000000001:0123456789abcdef0123456789abcdef';
  await machine().varvelWith({ input: key }, 'keys', 'add', 'first', '--stdin', '-p', 'first');
  const { running, ...web } = await program.start(machine());
  const call = await enter(web);
  const pid = running.process.pid;
  const names = ['state.db', 'state.db-shm'];
  // the window’s first call has opened it
  expect(await call('profiles.list', { first: null })).toHaveProperty('ok');
  expect(lockedBy(pid, machine().data, names)).toEqual(names);
  // another name of it, in a folder that is searched
  mkdirSync(join(machine().root, 'backup'));
  linkSync(join(machine().data, 'state.db'), join(machine().root, 'backup', 'copy.db'));
  writeFileSync(join(machine().root, 'backup', 'notes'), 'text');
  const found = await call('find.search', {
    roots: [machine().root],
    home: false,
    run: crypto.randomUUID(),
    history: false,
    keyIds: null,
  });
  expect(JSON.stringify(found)).toContain('it has Varvel’s own data');
  expect(lockedBy(pid, machine().data, names)).toEqual(names);
  for (const name of ['one', 'two']) {
    expect(await machine().varvel('profiles', 'create', `terminal-${name}`)).toMatchObject({ code: 0 });
    expect(await call('profiles.create', { name: `window-${name}`, change: {} })).toHaveProperty('ok');
  }
  await machine().varvel('switch', 'window-two');
  running.process.kill('SIGTERM');
  await running.ended;
  const { current, profiles } = await machine().json(profilesList, 'profiles', 'list');
  expect(current).toBe('window-two');
  expect(profiles.map(({ name }) => name).sort()).toEqual([
    'first',
    'terminal-one',
    'terminal-two',
    'window-one',
    'window-two',
  ]);
});

it('a file that is read is not one that this process has locked', async () => {
  const { readBounded } = await import('../../../platform/files/read-bounded.ts');
  const path = join(machine().root, 'some.lock');
  const held = takeLock(path, 0);
  const other = join(machine().root, 'another name');
  linkSync(path, other);
  for (const name of [path, other])
    await expect(readBounded(name, 10)).rejects.toMatchObject({ code: 'invalid' });
  expect(lockedBy(process.pid, machine().root, ['some.lock'])).toEqual(['some.lock']);
  held?.release();
  expect(await readBounded(path, 10)).toHaveLength(0);
});
