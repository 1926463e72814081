import { describe, expect, test } from 'vitest';
import { type Machine, sharedMachine } from '../cli/machine.ts';
import { varvelProgram } from '../cli/program.ts';
import { keyOf } from '../sandbox/running.ts';
import { kinds, openShell, pinnedFolder } from './shell-kinds.ts';

let key = '';
const machine = sharedMachine({ signedIn: ['grace'] }, async (made: Machine) => {
  key = (await keyOf(made.sandbox, 'grace', 'API')).key;
  await made.varvelWith({ input: key }, 'keys', 'add', 'one', '--stdin', '-p', 'one');
  await made.varvelWith({ input: 'another:key' }, 'keys', 'add', 'other', '--stdin', '-p', 'other');
});

describe.each(kinds)('an open $shell', (kind) => {
  test('says once that a key set by hand goes against the folder’s pin', async () => {
    const folder = await pinnedFolder(machine(), `hand-${kind.shell}`, 'one');
    await using shell = await openShell(machine(), kind);
    await shell.type(kind.set('FAL_KEY', 'by:hand'));
    await shell.type(`cd '${folder}'`);
    expect(shell.times('pinned to “one”, but FAL_KEY is set to key by in this shell and overrides it')).toBe(
      1,
    );
    for (const way of ['cd', `cd '${folder}/deep'`, 'cd', `cd '${folder}'`]) await shell.type(way);
    expect(await shell.variable('FAL_KEY')).toBe('by:hand');
    // and not in other words either
    expect(shell.times('varvel:')).toBe(1);
    await shell.type(kind.unset('FAL_KEY'));
    await shell.type('cd');
    await shell.type(`cd '${folder}'`);
    expect(await shell.variable('FAL_KEY')).toBe(key);
    expect(shell.times('varvel:')).toBe(1);
  });

  test('says so too when the key is set inside the folder, and says it of each key', async () => {
    const folder = await pinnedFolder(machine(), `inside-${kind.shell}`, 'one');
    await using shell = await openShell(machine(), kind);
    await shell.type(`cd '${folder}'`);
    expect(await shell.variable('FAL_KEY')).toBe(key);
    expect(shell.times('varvel:')).toBe(0);
    await shell.type(kind.set('FAL_KEY', 'first:hand'));
    await shell.type('true');
    expect(shell.times('FAL_KEY is set to key first in this shell')).toBe(1);
    await shell.type(kind.set('FAL_KEY', 'second:hand'));
    await shell.type('true');
    expect(shell.times('FAL_KEY is set to key second in this shell')).toBe(1);
    expect(shell.times('varvel:')).toBe(2);
    expect(await shell.variable('FAL_KEY')).toBe('second:hand');
  });

  test('says nothing of its own key when it pins a folder to another profile', async () => {
    const folder = await pinnedFolder(machine(), `own-${kind.shell}`, 'one');
    await using shell = await openShell(machine(), kind);
    await shell.type(`cd '${folder}'`);
    expect(await shell.variable('FAL_KEY')).toBe(key);
    await shell.type(`${varvelProgram} pin other`);
    expect(shell.times('Pinned to other')).toBe(1);
    expect(shell.times('overrides it')).toBe(0);
    expect(await shell.variable('FAL_KEY')).toBe('another:key');
  });

  test('says once that an explicit profile goes against the pin, and follows it', async () => {
    const folder = await pinnedFolder(machine(), `explicit-${kind.shell}`, 'one');
    await using shell = await openShell(machine(), kind);
    await shell.type(kind.set('VARVEL_PROFILE', 'other'));
    expect(shell.times('varvel:')).toBe(0);
    for (const way of [`cd '${folder}'`, 'cd', `cd '${folder}/deep'`]) await shell.type(way);
    expect(await shell.variable('FAL_KEY')).toBe('another:key');
    expect(shell.times('pinned to “one”, but other overrides it')).toBe(1);
    expect(shell.times('varvel:')).toBe(1);
  });

  test('says once what became of a pinned profile, and has no key there', async () => {
    const { varvel } = machine();
    const names = {
      before: `before-${kind.shell}`,
      after: `after-${kind.shell}`,
      gone: `gone-${kind.shell}`,
    };
    for (const name of [names.before, names.gone]) await varvel('profiles', 'create', name, 'key=one');
    const renamed = await pinnedFolder(machine(), `renamed-${kind.shell}`, names.before);
    const deleted = await pinnedFolder(machine(), `deleted-${kind.shell}`, names.gone);
    await varvel('profiles', 'rename', names.before, names.after);
    await varvel('profiles', 'delete', names.gone);
    await using shell = await openShell(machine(), kind);
    for (const way of [`cd '${renamed}'`, `cd '${deleted}'`, 'cd', `cd '${renamed}'`]) await shell.type(way);
    expect(await shell.variable('FAL_KEY')).toBeNull();
    expect(shell.times(`which is now called “${names.after}”`)).toBe(1);
    expect(shell.times('which was deleted')).toBe(1);
    expect(shell.times('varvel:')).toBe(2);
    // another shell has not heard it
    await using second = await openShell(machine(), kind);
    await second.type(`cd '${renamed}'`);
    expect(second.times(`which is now called “${names.after}”`)).toBe(1);
    // and made again, it is in force at the next prompt
    await varvel('profiles', 'create', names.gone, 'key=one');
    await shell.type(`cd '${deleted}'`);
    expect(await shell.variable('FAL_KEY')).toBe(key);
    await varvel('profiles', 'delete', names.gone);
    await varvel('profiles', 'create', names.gone, 'key=one');
    await shell.type('true');
    expect(await shell.variable('FAL_KEY')).toBe(key);
  });
});

test('an account that no identity reaches any more is said too', async () => {
  const { varvel, varvelWith, sandbox } = machine();
  await varvel('accounts', 'list');
  const { key: theirs } = await keyOf(sandbox, 'falconers', 'API');
  await varvelWith({ input: theirs }, 'keys', 'add', 'theirs', '--stdin', '-p', 'theirs');
  const folder = await pinnedFolder(machine(), 'unreached', 'theirs');
  const { stdout, stderr } = await varvelWith(
    { env: { VARVEL_HOOK_SAID: '' }, cwd: folder },
    'hook',
    'bash',
    '--answer',
  );
  expect(stderr).toContain('none of your sign-ins can act for its account falconers any more');
  const [, said = ''] = /_varvel_said='?([\da-f ]+)/.exec(stdout) ?? [];
  const again = await varvelWith(
    { env: { VARVEL_HOOK_SAID: said }, cwd: folder },
    'hook',
    'bash',
    '--answer',
  );
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(again.stdout).toContain(said.trim());
  // as PowerShell hands it in
  const pwsh = await varvelWith(
    { env: { VARVEL_HOOK_SAID: `said ${said}` }, cwd: folder },
    'hook',
    'pwsh',
    '--answer',
  );
  expect(pwsh).toMatchObject({ code: 0, stderr: '' });
  expect(pwsh.stdout).toContain(`$global:VarvelHook.Said = '${said.trim()}'`);
});

test('a prompt whose stderr nobody sees uses no warning up', async () => {
  const folder = await pinnedFolder(machine(), 'unseen', 'one');
  const { stdout, stderr } = await machine().varvelWith(
    { env: { VARVEL_PROFILE: 'other' }, cwd: folder },
    'hook',
    'bash',
    '--answer',
  );
  expect(stderr).toBe('');
  expect(stdout).not.toContain('_varvel_said');
});
