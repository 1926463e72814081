import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { shells as known } from '../../../core/shells/shells.ts';
import { newMachine } from '../cli/machine.ts';
import { varvelProgram } from '../cli/program.ts';
import { openTerminal } from '../hooks/terminal.ts';
import { keyOf } from '../sandbox/running.ts';
import { type Served, serve } from '../web/served.ts';

const machine = newMachine({ vault: 'file' });
const home = () => machine().env.HOME ?? '';
const bashrc = () => join(home(), '.bashrc');
const text = (path: string) => readFileSync(path, 'utf8');
const window = (more: Record<string, string> = {}): Promise<Served> =>
  serve({ env: { ...machine().env, ...more } });

const States = z.object({
  ok: z.object({
    shells: z.array(
      z.object({
        shell: z.string(),
        installed: z.boolean(),
        login: z.boolean(),
        file: z.string(),
        hook: z.nullable(z.object({ file: z.string(), line: z.number() })),
      }),
    ),
    sets: z.array(
      z.object({
        file: z.string(),
        line: z.number(),
        shells: z.array(z.string()),
        keyId: z.nullable(z.string()),
      }),
    ),
    command: z.nullable(z.string()),
  }),
});
const look = async (here: Served) => States.parse(await here.call('shells.list')).ok;
const stateOf = async (here: Served, shell: string) =>
  (await look(here)).shells.find((state) => state.shell === shell);

test('which shells are here, which is one’s own, where their hooks would go, and what sets FAL_KEY', async () => {
  writeFileSync(bashrc(), 'A=1\nexport FAL_KEY=x:y\n');
  await using here = await window({ SHELL: '/usr/bin/zsh', ZDOTDIR: join(home(), 'z') });
  const { shells, sets, command } = await look(here);
  expect(command).toBe(null);
  expect(shells).toEqual([
    { shell: 'bash', installed: true, login: false, file: bashrc(), hook: null },
    { shell: 'zsh', installed: true, login: true, file: join(home(), 'z', '.zshrc'), hook: null },
    {
      shell: 'fish',
      installed: true,
      login: false,
      file: join(home(), '.config', 'fish', 'config.fish'),
      hook: null,
    },
    expect.objectContaining({ shell: 'pwsh', login: false, hook: null }),
  ]);
  expect(sets).toEqual([{ file: bashrc(), line: 2, shells: ['bash'], keyId: 'x' }]);
  const bin = join(home(), '.local', 'bin');
  mkdirSync(bin, { recursive: true });
  symlinkSync('/bin/true', join(bin, 'varvel'));
  expect((await look(here)).command).toBe(join(bin, 'varvel'));
});

test('the line is shown first, added alone, and taken away to the byte, however the file ends', async () => {
  await using here = await window();
  for (const before of [
    '# mine\nalias ll="ls -l"\n',
    'export TOKEN=0123456789abcdef0123456789abcdef',
    'A=1\r\nB=2\r\n',
    'A=1\r\nB=2',
    '',
    '\n\n',
    'NAME=Jürgen\n',
  ]) {
    writeFileSync(bashrc(), before);
    const planned = await here.call('shells.planHook', { shell: 'bash', add: true });
    expect(planned).toMatchObject({
      ok: {
        path: bashrc(),
        exists: true,
        lines: expect.arrayContaining([{ kind: 'added', text: known.bash.hook.line }]),
      },
    });
    expect(JSON.stringify(planned).match(/added|removed/g)).toHaveLength(1);
    expect(JSON.stringify(planned)).not.toContain('0123456789abcdef');
    expect(text(bashrc())).toBe(before);
    expect(await here.call('shells.changeHook', { shell: 'bash', add: true })).toEqual({
      ok: { path: bashrc(), written: true },
    });
    expect(text(bashrc()).startsWith(before)).toBe(true);
    const line = text(bashrc()).split(/\r?\n/).indexOf(known.bash.hook.line) + 1;
    expect(await stateOf(here, 'bash')).toMatchObject({ hook: { file: bashrc(), line } });
    // once is enough; and what isn't there is not taken away
    expect(await here.call('shells.planHook', { shell: 'zsh', add: false })).toEqual({
      ok: { path: join(home(), '.zshrc'), exists: false, lines: [] },
    });
    expect(await here.call('shells.changeHook', { shell: 'fish', add: false })).toMatchObject({
      ok: { written: false },
    });
    expect(await here.call('shells.planHook', { shell: 'bash', add: true })).toMatchObject({
      ok: { lines: [] },
    });
    expect(await here.call('shells.changeHook', { shell: 'bash', add: true })).toMatchObject({
      ok: { written: false },
    });
    expect(await here.call('shells.planHook', { shell: 'bash', add: false })).toMatchObject({
      ok: { lines: expect.arrayContaining([{ kind: 'removed', text: known.bash.hook.line }]) },
    });
    expect(await here.call('shells.changeHook', { shell: 'bash', add: false })).toMatchObject({
      ok: { written: true },
    });
    expect(text(bashrc())).toBe(before);
    expect(await here.call('shells.planHook', { shell: 'bash', add: false })).toEqual({
      ok: { path: bashrc(), exists: true, lines: [] },
    });
  }
});

test('what was written below or above the line since stays when it is taken away', async () => {
  await using here = await window();
  for (const before of ['A=1', 'A=1\n']) {
    writeFileSync(bashrc(), before);
    await here.call('shells.changeHook', { shell: 'bash', add: true });
    writeFileSync(bashrc(), `# new\n${text(bashrc())}B=2\n`);
    await here.call('shells.changeHook', { shell: 'bash', add: false });
    expect(text(bashrc())).toBe('# new\nA=1\nB=2\n');
  }
});

test('a file that was made for the line is gone with it, one that holds more by then stays', async () => {
  await using here = await window();
  const file = join(home(), '.config', 'fish', 'config.fish');
  for (const more of ['', 'set -gx A 1\n']) {
    expect(await here.call('shells.planHook', { shell: 'fish', add: true })).toMatchObject({
      ok: { path: file, exists: false, lines: [{ kind: 'added', text: known.fish.hook.line }] },
    });
    expect(existsSync(file)).toBe(false);
    await here.call('shells.changeHook', { shell: 'fish', add: true });
    expect(text(file)).toBe(`${known.fish.hook.line}\n`);
    writeFileSync(file, text(file) + more);
    await here.call('shells.changeHook', { shell: 'fish', add: false });
    expect(existsSync(file) ? text(file) : '').toBe(more);
  }
});

test('lines written by hand are known and taken away; one that does more is left, with words', async () => {
  await using here = await window();
  for (const line of [
    'eval "$(varvel hook bash)"',
    '  eval "$(/opt/varvel/bin/varvel hook bash)"  # varvel',
    'command -v varvel >/dev/null 2>&1 && eval "$(varvel hook bash)"',
    'source <(varvel hook bash)',
  ]) {
    writeFileSync(bashrc(), `A=1\n${line}\nB=2\n`);
    expect(await stateOf(here, 'bash'), line).toMatchObject({ hook: { line: 2 } });
    expect(await here.call('shells.changeHook', { shell: 'bash', add: false })).toMatchObject({
      ok: { written: true },
    });
    expect(text(bashrc()), line).toBe('A=1\nB=2\n');
  }
  const before = 'if true; then eval "$(varvel hook bash)"; export A=1; fi\n';
  writeFileSync(bashrc(), before);
  for (const method of ['shells.planHook', 'shells.changeHook']) {
    expect(await here.call(method, { shell: 'bash', add: false })).toMatchObject({
      error: { code: 'conflict', message: expect.stringContaining('Line 1') },
    });
  }
  expect(text(bashrc())).toBe(before);
});

test('a link is followed and stays, rights stay, and what can’t be written is left with words', async () => {
  const file = join(home(), 'dotfiles', 'bashrc');
  mkdirSync(dirname(file));
  writeFileSync(file, 'A=1\n', { mode: 0o644 });
  symlinkSync(file, bashrc());
  await using here = await window();
  await here.call('shells.changeHook', { shell: 'bash', add: true });
  expect(lstatSync(bashrc()).isSymbolicLink()).toBe(true);
  expect(text(file)).toBe(`A=1\n${known.bash.hook.line}\n`);
  expect(statSync(file).mode & 0o777).toBe(0o644);
  chmodSync(file, 0o444);
  expect(await here.call('shells.changeHook', { shell: 'bash', add: false })).toMatchObject({
    error: { code: 'storage_read_only' },
  });
  rmSync(bashrc());
  mkdirSync(bashrc());
  expect(await here.call('shells.changeHook', { shell: 'bash', add: true })).toMatchObject({
    error: { code: 'invalid' },
  });
  rmSync(bashrc(), { recursive: true });
  writeFileSync(bashrc(), 'A=1\0\n');
  expect(await here.call('shells.planHook', { shell: 'bash', add: true })).toMatchObject({
    error: { code: 'invalid' },
  });
});

const started: Record<string, string> = { bash: 'bash -i', zsh: 'zsh -i', fish: 'fish -i' };

for (const [shell, command] of Object.entries(started)) {
  test(`a real ${shell} that was given the line follows a switch, and one without varvel says nothing`, async () => {
    const { key } = await keyOf(machine().sandbox, 'falconers', 'API');
    await machine().varvelWith({ input: key }, 'keys', 'add', 'one', '--stdin', '-p', 'one');
    // what zsh would ask a new user is not for a test
    writeFileSync(join(home(), '.zshrc'), '# mine\n');
    await using here = await window();
    await here.call('shells.changeHook', { shell, add: true });
    const open = (path: string) =>
      openTerminal(command, {
        env: { ...machine().env, PATH: path },
        cwd: home(),
        folder: machine().root,
      });
    const path = machine().env.PATH ?? '';
    await using following = await open(`${dirname(varvelProgram)}${delimiter}${path}`);
    expect(await following.variable('FAL_KEY')).toBe(null);
    await here.call('profiles.switch', { name: 'one' });
    await following.type('true');
    expect(await following.variable('FAL_KEY')).toBe(key);
    await here.call('profiles.switch', { name: null });
    await following.type('true');
    expect(await following.variable('FAL_KEY')).toBe(null);
    await using without = await open(path);
    expect(await without.variable('FAL_KEY')).toBe(null);
    expect(without.screen()).not.toMatch(/not found|unknown command|varvel:/i);
  });
}
