import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commands, sections } from '../../../../cli/commands.ts';
import { isGroup } from '../../../../cli/framework/command.ts';
import { expectFailure } from '../contract.ts';
import { type Machine, sharedMachine } from '../machine.ts';
import { run, varvelProgram } from '../program.ts';

const machine = sharedMachine({ vault: 'file' }, async (made: Machine) => {
  await made.varvel('profiles', 'create', 'one');
  await made.varvel('profiles', 'create', 'two');
});

const all = Object.entries(commands).flatMap(([name, entry]) =>
  isGroup(entry)
    ? Object.entries(entry.commands).map(([verb, one]) => ({ path: [name, verb], ...one }))
    : [{ path: [name], ...entry }],
);

test('the help lists every command under a heading, and each command has an example', async () => {
  const { stdout } = await machine().varvel('--help');
  for (const [heading, table] of Object.entries(sections)) {
    const section = stdout.split(`${heading}\n`)[1]?.split('\n\n')[0] ?? '';
    for (const name of Object.keys(table)) expect(section).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
  }
  for (const { path, load } of all) {
    const { examples } = (await load()).command;
    expect(examples.join('\n'), path.join(' ')).toContain(path[0] === 'hook' ? 'hook' : path.join(' '));
  }
});

test.each([40, 60, 80, 120])('the help fits a terminal of %i columns', async (columns) => {
  for (const words of ['', 'keys', 'keys add', 'env', 'login', 'profiles set']) {
    const { stdout } = await run(
      'script',
      ['-qec', `stty cols ${columns}; ${varvelProgram} ${words} --help`, '/dev/null'],
      { env: { ...machine().env, TERM: 'xterm', NO_COLOR: '1' } },
    );
    const [shown = ''] = stdout.split('Examples');
    for (const line of shown.split(/\r?\n/)) {
      // a list of choices, or of variables, stays whole
      if (!/\||VARVEL_/.test(line)) expect(line.length, line).toBeLessThanOrEqual(columns);
    }
  }
});

test('the manual page has every command and option, and man reads it without a warning', async () => {
  const { stdout } = await machine().varvel('man');
  const file = join(machine().root, 'varvel.1');
  await writeFile(file, stdout);
  const lint = await run('groff', ['-man', '-ww', '-Tutf8', '-z', file], { env: machine().env });
  expect(lint).toMatchObject({ code: 0, stderr: '' });
  const page = await run('man', ['-P', 'cat', '-l', file], {
    env: { ...machine().env, MANWIDTH: '200', TERM: 'dumb', MAN_KEEP_FORMATTING: '' },
  });
  expect(page).toMatchObject({ code: 0, stderr: '' });
  for (const { path, load } of all) {
    expect(page.stdout).toContain(`varvel ${path.join(' ')}`);
    for (const name of Object.keys((await load()).command.options))
      expect(page.stdout).toContain(`--${name}`);
  }
});

test('a wrong option before the command gets one line and a hint, not the help', async () => {
  for (const words of [['--acount'], ['--jsn', 'keys', 'list', 'x'], ['keys', '--account', 'ada', 'list']]) {
    const ended = await machine().varvel(...words);
    expectFailure(ended, 2, /is not a (?:global option|command)|Unexpected argument|not an option/, /./);
    expect(ended.stderr.split('\n')).toHaveLength(3);
  }
  expectFailure(await machine().varvel('--jsn'), 2, /“--jsn” is not a global option/, /“--json”/);
  expectFailure(await machine().varvel('-v'), 2, /“-v” is not a global option/, /Did you mean “-V”/);
  expectFailure(await machine().varvel('version'), 2, /is not a command/, /Did you mean “--version”/);
  expectFailure(
    await machine().varvel('completion', 'bsh'),
    2,
    /“bsh” is not a shell/,
    /Did you mean “bash”\? Use one of bash/,
  );
  expectFailure(await machine().varvel('-p', 'one', 'env'), 2, /“-p” is not a global option/, /after it/);
});

test('-V, help and short words mean what they mean elsewhere', async () => {
  const { stdout: version } = await machine().varvel('--version');
  for (const words of [['-V'], ['--json', '--version'], ['--version', '--json']])
    expect(await machine().varvel(...words)).toMatchObject({ code: 0, stdout: version });
  expect(await machine().varvel('profiles', 'ls')).toEqual({
    ...(await machine().varvel('profiles', 'list')),
    took: expect.any(Number),
  });
  expect((await machine().varvel('help', 'profiles', 'rm')).stdout).toContain('Alias\n  varvel profiles rm');
  expect((await machine().varvel('profiles', 'rm', 'two')).code).toBe(0);
  expect((await machine().varvel('profiles', '--help')).stdout).toContain('profiles list, ls');
});

test('an option that is given twice is refused, as it can’t mean both', async () => {
  expectFailure(
    await machine().varvel('run', '-p', 'one', '--profile', 'two', '--', 'true'),
    2,
    /--profile was given twice/,
    /once/,
  );
  expect((await machine().varvel('profiles', 'list', '--json', '--json')).code).toBe(0);
});
