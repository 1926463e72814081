import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Machine, sharedMachine } from '../cli/machine.ts';
import { varvelProgram } from '../cli/program.ts';
import { keyOf } from '../sandbox/running.ts';
import { type Kind, kinds, openShell, pinnedFolder } from './shell-kinds.ts';

const keys: Record<'one' | 'two', string> = { one: '', two: '' };

const machine = sharedMachine({}, async (made: Machine) => {
  keys.one = (await keyOf(made.sandbox, 'falconers', 'API')).key;
  keys.two = (await keyOf(made.sandbox, 'falconers', 'ADMIN')).key;
  await made.varvelWith({ input: keys.one }, 'keys', 'add', 'one', '--stdin', '-p', 'one');
  await made.varvelWith({ input: keys.two }, 'keys', 'add', 'two', '--stdin', '-p', 'two');
  await made.varvel('profiles', 'set', 'two', 'host=api.alpha.fal.ai');
});

beforeEach(async () => {
  await machine().varvel('switch', '--none');
});

const open = (kind: Kind, lines?: string[], env?: Record<string, string>) =>
  openShell(machine(), kind, lines, env);
const pinned = (name: string, profile: string) => pinnedFolder(machine(), name, profile);

describe.each(kinds)('an open $shell', (kind) => {
  test('follows a switch that is made elsewhere, with the host, and restores on switch --none', async () => {
    await using shell = await open(kind);
    expect(await shell.variable('FAL_KEY')).toBeNull();
    await machine().varvel('switch', 'one');
    await shell.type('true');
    expect(await shell.variable('FAL_KEY')).toBe(keys.one);
    await machine().varvel('switch', 'two');
    await shell.type('true');
    expect(await shell.variable('FAL_KEY')).toBe(keys.two);
    expect(await shell.variable('FAL_HOST')).toBe('api.alpha.fal.ai');
    await machine().varvel('switch', 'one');
    await shell.type('true');
    expect(await shell.variable('FAL_HOST')).toBeNull();
    await machine().varvel('switch', '--none');
    await shell.type('true');
    expect(await shell.variable('FAL_KEY')).toBeNull();
    expect(shell.times('varvel:')).toBe(0);
  });

  test('has the current profile from its first prompt on', async () => {
    await machine().varvel('switch', 'one');
    await using shell = await open(kind);
    expect(await shell.variable('FAL_KEY')).toBe(keys.one);
  });

  test('keeps a key that was set by hand, says once that it wins, and follows again when it is unset', async () => {
    await using shell = await open(kind);
    await machine().varvel('switch', 'one');
    await shell.type('true');
    await shell.type(kind.set('FAL_KEY', 'by:hand'));
    expect(await shell.variable('FAL_KEY')).toBe('by:hand');
    await machine().varvel('switch', 'two');
    await shell.type('true');
    await shell.type('true');
    expect(await shell.variable('FAL_KEY')).toBe('by:hand');
    expect(await shell.variable('FAL_HOST')).toBeNull();
    expect(shell.times(/varvel: FAL_KEY was set by hand in this shell and overrides profile one/)).toBe(1);
    expect(shell.times('varvel:')).toBe(1);
    await machine().varvel('switch', '--none');
    await shell.type('true');
    expect(await shell.variable('FAL_KEY')).toBe('by:hand');
    await machine().varvel('switch', 'two');
    await shell.type(kind.unset('FAL_KEY'));
    await shell.type('true');
    expect(await shell.variable('FAL_KEY')).toBe(keys.two);
  });

  test('leaves no host of a profile with another key, or with none', async () => {
    await machine().varvel('switch', 'two');
    await using shell = await open(kind);
    expect(await shell.variable('FAL_HOST')).toBe('api.alpha.fal.ai');
    const printed = `${varvelProgram} env one`;
    await shell.type(kind.shell === 'fish' ? `${printed} | source` : `eval "$(${printed})"`);
    expect(await shell.variable('FAL_KEY')).toBe(keys.one);
    expect(await shell.variable('FAL_HOST')).toBeNull();
    await machine().varvel('switch', 'one');
    await machine().varvel('switch', 'two');
    await using other = await open(kind);
    expect(await other.variable('FAL_HOST')).toBe('api.alpha.fal.ai');
    await other.type(kind.unset('FAL_KEY'));
    expect(await other.variable('FAL_KEY')).toBeNull();
    expect(await other.variable('FAL_HOST')).toBeNull();
  });

  test('keeps a key that its start-up file set', async () => {
    await machine().varvel('switch', 'one');
    await using shell = await open(kind, [kind.set('FAL_KEY', 'by:rc'), kind.load]);
    expect(await shell.variable('FAL_KEY')).toBe('by:rc');
    expect(shell.times(/overrides profile one/)).toBe(1);
    // and so do the shells that it starts
    await shell.type(shell.again);
    expect(await shell.variable('FAL_KEY')).toBe('by:rc');
  });

  test('puts a key aside that it came with, and gives it back', async () => {
    await using shell = await open(kind, [kind.load], { FAL_KEY: 'from:outside', FAL_HOST: 'api.out.side' });
    expect(await shell.variable('FAL_KEY')).toBe('from:outside');
    await machine().varvel('switch', 'two');
    await shell.type('true');
    expect(await shell.variable('FAL_KEY')).toBe(keys.two);
    expect(await shell.variable('FAL_HOST')).toBe('api.alpha.fal.ai');
    expect(shell.times(/profile two overrides the FAL_KEY that this shell started with/)).toBe(1);
    await machine().varvel('switch', '--none');
    await shell.type('true');
    expect(await shell.variable('FAL_KEY')).toBe('from:outside');
    expect(await shell.variable('FAL_HOST')).toBe('api.out.side');
  });

  test('takes up a pin on the way into its folder, also through a link, and gives back on the way out', async () => {
    const folder = await pinned(`pinned-${kind.shell}`, 'two');
    await using shell = await open(kind);
    await machine().varvel('switch', 'one');
    await shell.type(`cd '${folder}/deep/er'`);
    expect(await shell.variable('FAL_KEY')).toBe(keys.two);
    await machine().varvel('switch', '--none');
    await shell.type('true');
    expect(await shell.variable('FAL_KEY')).toBe(keys.two);
    await shell.type('cd');
    expect(await shell.variable('FAL_KEY')).toBeNull();
    await shell.type(`ln -s '${folder}/deep' link-${kind.shell} && cd link-${kind.shell}/er`);
    expect(await shell.variable('FAL_KEY')).toBe(keys.two);
    await writeFile(join(folder, '.varvel'), 'profile = "one"\n');
    await shell.type('true');
    expect(await shell.variable('FAL_KEY')).toBe(keys.one);
    await shell.type(`mv '${folder}/.varvel' '${folder}/off'`);
    expect(await shell.variable('FAL_KEY')).toBeNull();
  });

  test('says once that a pin names no profile, and has no key then', async () => {
    const folder = await pinned(`unknown-${kind.shell}`, 'nobody');
    await using shell = await open(kind);
    await machine().varvel('switch', 'one');
    await shell.type(`cd '${folder}'`);
    await shell.type('true');
    await shell.type('true');
    expect(shell.times(/pinned to “nobody”/)).toBe(1);
    expect(await shell.variable('FAL_KEY')).toBeNull();
    await shell.type('cd ..');
    expect(await shell.variable('FAL_KEY')).toBe(keys.one);
  });

  test('is not stopped by what stands in the way: pins that are folders, FIFOs, huge or unreadable', async () => {
    const folder = join(machine().env.HOME ?? '/', `odd-${kind.shell}`);
    await mkdir(join(folder, 'folder', '.varvel'), { recursive: true });
    await mkdir(join(folder, 'fifo'));
    await mkdir(join(folder, 'huge'));
    await using shell = await open(kind);
    await machine().varvel('switch', 'one');
    await shell.type(`mkfifo '${folder}/fifo/.varvel'; truncate -s 1G '${folder}/huge/.varvel'`);
    for (const name of ['folder', 'huge', 'fifo']) {
      await shell.type(`cd '${folder}/${name}'`);
      await shell.type('true');
    }
    await shell.type(`mkdir '${folder}/gone' && cd '${folder}/gone' && rmdir '${folder}/gone'`);
    await shell.type('true');
    await shell.type('cd');
    expect(await shell.variable('FAL_KEY')).toBe(keys.one);
  });

  test('hands on what it has to shells within it, which go on following', async () => {
    await using shell = await open(kind);
    await machine().varvel('switch', 'two');
    await shell.type('true');
    await shell.type(shell.again);
    expect(await shell.variable('FAL_KEY')).toBe(keys.two);
    await machine().varvel('switch', 'one');
    await shell.type('true');
    expect(await shell.variable('FAL_KEY')).toBe(keys.one);
    expect(await shell.variable('FAL_HOST')).toBeNull();
    await machine().varvel('switch', '--none');
    await shell.type('true');
    expect(await shell.variable('FAL_KEY')).toBeNull();
    await shell.type('exit');
    expect(await shell.variable('FAL_KEY')).toBeNull();
    expect(shell.times('varvel:')).toBe(0);
  });

  test('takes a pin that leads nowhere for a pin, not for none: no key of another profile’s then', async () => {
    const folder = join(machine().root, `dangling-${kind.shell}`);
    await mkdir(folder, { recursive: true });
    await symlink('nowhere', join(folder, '.varvel'));
    await machine().varvel('switch', 'one');
    await using shell = await open(kind);
    await shell.type(`cd ${folder}`);
    expect(await shell.variable('FAL_KEY')).toBeNull();
    expect(shell.times(/broken symbolic link/)).toBe(1);
    await shell.type('cd');
    expect(await shell.variable('FAL_KEY')).toBe(keys.one);
  });

  test('starts no process while nothing changes', async () => {
    const log = join(machine().root, `calls-${kind.shell}`);
    const spy = join(machine().root, `spy-${kind.shell}`);
    await writeFile(spy, `#!/bin/sh\necho "$*" >> '${log}'\nexec '${varvelProgram}' "$@"\n`, { mode: 0o700 });
    await using shell = await open(kind, [
      kind.load,
      kind.shell === 'fish' ? `set -g _varvel_program '${spy}'` : `_varvel_program='${spy}'`,
    ]);
    await writeFile(log, '');
    await machine().varvel('switch', 'one');
    await shell.type('true');
    for (let n = 0; n < 5; n += 1) await shell.type(n % 2 ? 'cd /tmp' : 'cd');
    expect((await readFile(log, 'utf8')).trim().split('\n')).toEqual([`hook ${kind.shell} --answer`]);
    const folder = await pinned(`still-${kind.shell}`, 'two');
    await writeFile(log, '');
    for (const below of ['', 'deep', 'deep/er', '', 'deep']) await shell.type(`cd '${folder}/${below}'`);
    expect((await readFile(log, 'utf8')).trim().split('\n')).toEqual([`hook ${kind.shell} --answer`]);
  });

  test('follows a pin whose change stands behind a long comment', async () => {
    const folder = await pinned(`long-${kind.shell}`, 'one');
    const pin = (profile: string) => `${`# ${'ours '.repeat(15)}\n`.repeat(50)}profile = "${profile}"\n`;
    await writeFile(join(folder, '.varvel'), pin('one'));
    await using shell = await open(kind);
    await shell.type(`cd '${folder}'`);
    expect(await shell.variable('FAL_KEY')).toBe(keys.one);
    await writeFile(join(folder, '.varvel'), pin('two'));
    await shell.type('true');
    expect(await shell.variable('FAL_KEY')).toBe(keys.two);
  });

  test('goes on with a prompt when Varvel is gone or its home can’t be read', async () => {
    await using shell = await open(kind, [
      kind.load,
      kind.shell === 'fish' ? `set -g _varvel_program /nowhere/varvel` : `_varvel_program=/nowhere/varvel`,
    ]);
    await machine().varvel('switch', 'one');
    await shell.type('true');
    await shell.type('true');
    expect(await shell.variable('FAL_KEY')).toBeNull();
  });
});
