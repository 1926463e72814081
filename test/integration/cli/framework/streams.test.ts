import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectFailure } from '../contract.ts';
import { type Machine, sharedMachine } from '../machine.ts';
import { run, varvelProgram } from '../program.ts';

const machine = sharedMachine({ signedIn: ['ada'] }, async (made: Machine) => {
  await made.varvel('keys', 'create', 'bots', '--profile', 'staging');
});

/** Every command as the words that call it. */
const all = [
  ...[
    'login',
    'logout',
    'whoami',
    'switch',
    'current',
    'env',
    'run',
    'usage',
    'activity',
    'backup',
    'restore',
    'sandbox',
    'doctor',
    'completion',
  ],
  'accounts list',
  ...['list', 'create', 'add', 'test', 'reveal', 'revoke', 'forget'].map((name) => `keys ${name}`),
  ...['list', 'show', 'create', 'rename', 'delete', 'set'].map((name) => `profiles ${name}`),
  ...['status', 'unlock', 'lock'].map((name) => `vault ${name}`),
].map((words) => words.split(' '));

/** Runs it on a terminal of its own. */
const onTerminal = (env: Record<string, string>, ...args: string[]) =>
  run('script', ['-qec', [varvelProgram, ...args].join(' '), '/dev/null'], {
    env: { ...machine().env, TERM: 'xterm', ...env },
  });

const ansi = '\u001b[';

test.each(all.map((words) => [words.join(' '), words] as const))(
  'varvel %s --help shows its use and touches nothing',
  async (name, words) => {
    const home = join(machine().root, 'never', 'made');
    const env = { VARVEL_HOME: home, VARVEL_ENVIRONMENT: '/nonexistent', VARVEL_VAULT: 'nonsense' };
    for (const flag of ['--help', '-h']) {
      const ended = await machine().varvelWith({ env }, ...words, flag);
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      expect(ended.stdout).toContain(`varvel ${name}`);
      for (const line of ended.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    }
    expect(existsSync(home)).toBe(false);
  },
);

test('data that a full disk doesn’t take is not called done', async () => {
  const { code, stderr } = await run('sh', ['-c', `'${varvelProgram}' env staging > /dev/full`], {
    env: machine().env,
  });
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringMatching(
      /^varvel: The output couldn’t be written: the disk is full\.\nhint: .*has done its work/,
    ),
  });
});

test('--version, --help and help touch nothing', async () => {
  const env = {
    VARVEL_HOME: '/nonexistent/home',
    VARVEL_ENVIRONMENT: '/nonexistent',
    VARVEL_VAULT: 'nonsense',
  };
  expect(await machine().varvelWith({ env }, '--version')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/),
  });
  const { stdout } = await machine().varvelWith({ env }, '--help');
  for (const [name] of all) expect(stdout).toContain(name);
  for (const args of [['help'], []])
    expect((await machine().varvelWith({ env }, ...args)).stdout).toBe(stdout);
  expect((await machine().varvelWith({ env }, 'help', 'keys', 'create')).stdout).toContain(
    'varvel keys create ALIAS',
  );
  expect((await machine().varvelWith({ env }, 'keys', '--help')).stdout).toContain('keys create');
});

test('help COMMAND shows the command’s help and does not run it', async () => {
  for (const words of [['logout'], ['switch', '--none'], ['keys', 'list'], ['whoami']]) {
    const { code, stdout } = await machine().varvel('help', ...words);
    expect({ code, help: stdout.includes('Usage') }).toEqual({ code: 0, help: true });
  }
  expect(await machine().varvel('whoami')).toMatchObject({ code: 0 });
});

test('--help and --version open no socket, no database and no bus', async () => {
  const log = join(machine().root, 'trace');
  for (const args of [['--version'], ['--help'], ['keys', 'create', '--help']]) {
    const traced = await run(
      'strace',
      ['-f', '-e', 'trace=connect,openat', '-o', log, varvelProgram, ...args],
      {
        env: machine().env,
      },
    );
    expect(traced.code).toBe(0);
    const calls = readFileSync(log, 'utf8');
    expect(calls).toContain('dist/cli/varvel');
    expect(calls).not.toMatch(/connect\(/);
    expect(calls).not.toMatch(/state\.db|keytar|dbus/);
    expect(calls).not.toContain(machine().home);
  }
});

test('what is no command, no option or too much exits with 2 and names the nearest', async () => {
  expectFailure(await machine().varvel('profils'), 2, /“varvel profils” is not a command/, /“profiles”/);
  expectFailure(
    await machine().varvel('keys', 'creat'),
    2,
    /“varvel keys creat” is not a command/,
    /“create”/,
  );
  expectFailure(
    await machine().varvel('keys', 'list', '--acount', 'x'),
    2,
    /“--acount” is not an option/,
    /“--account”/,
  );
  expectFailure(await machine().varvel('keys', 'test', ''), 2, /KEY\|PROFILE is empty/, /--help/);
  expectFailure(await machine().varvel('profiles', 'show', ''), 2, /PROFILE is empty/, /--help/);
  expectFailure(await machine().varvel('keys', 'list', '--account'), 2, /--account needs a value/, /--help/);
  expectFailure(await machine().varvel('whoami', 'me'), 2, /Unexpected argument “me”/, /--help/);
  expectFailure(await machine().varvel('whoami', '--all=yes'), 2, /“--all” is not an option/, /./);
  expectFailure(await machine().varvel('logout', '--all=yes'), 2, /--all doesn’t take a value/, /./);
  const group = await machine().varvel('keys');
  expect(group.code).toBe(2);
  expect(await machine().varvel('constructor')).toMatchObject({ code: 2, stdout: '' });
  expect(await machine().varvel('keys', '__proto__')).toMatchObject({ code: 2, stdout: '' });
});

test('in a pipe there is no colour, no title and no progress; NO_COLOR takes it from a terminal', async () => {
  for (const args of [['keys', 'list'], ['profiles', 'list'], ['accounts', 'list'], ['doctor'], ['--help']]) {
    const { stdout, stderr } = await machine().varvel(...args);
    expect(stdout + stderr).not.toContain(ansi);
    expect(stdout + stderr).not.toContain('\r');
  }
  const shown = await onTerminal({}, 'accounts', 'list');
  expect(shown.stdout).toContain(`${ansi}1m`);
  expect(shown.stdout).toMatch(/ACCOUNT +NAME +KIND/);
  expect(shown.stdout).toContain('Refreshing accounts…');
  const plain = await onTerminal({ NO_COLOR: '1' }, 'accounts', 'list');
  expect(plain.stdout).toMatch(/ACCOUNT +NAME +KIND/);
  expect(plain.stdout).not.toMatch(/\[\d+m/);
});

test('a reader that leaves early is no error', async () => {
  const shell = (script: string) => run('bash', ['-c', `set -o pipefail; ${script}`], { env: machine().env });
  for (const command of ['keys list', 'keys list --json', '--help', 'keys create --help']) {
    const { code, stderr } = await shell(`${varvelProgram} ${command} | true`);
    expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' });
  }
  expect((await shell(`${varvelProgram} keys list | head -1`)).stdout.split('\n')).toHaveLength(2);
});

test('when what is printed can’t be written, the command has not succeeded', async () => {
  const { code, stderr } = await run('sh', ['-c', `${varvelProgram} keys list > /dev/full`], {
    env: machine().env,
  });
  expect(code).not.toBe(0);
  expect(stderr).toMatch(/^varvel: /m);
});

test('without a stderr the work is done all the same, and the exit code tells how it ended', async () => {
  const shell = (script: string) => run('sh', ['-c', script], { env: machine().env });
  expect((await shell(`${varvelProgram} switch nobody 2>&-`)).code).toBe(4);
  expect(
    (await shell(`${varvelProgram} switch nobody 2>&1 >&- | true; ${varvelProgram} frobnicate 2>&-`)).code,
  ).toBe(2);
  const made = await shell(`${varvelProgram} keys create quiet --scope ADMIN 2>&-`);
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[0-9a-f-]{36}\n$/) });
  expect((await machine().varvel('keys', 'reveal', 'quiet')).code).toBe(0);
});

test('before something that can’t be undone a terminal is asked, and anything but yes changes nothing', async () => {
  const answer = (text: string) =>
    run('script', ['-qec', `${varvelProgram} keys forget bots`, '/dev/null'], {
      env: { ...machine().env, TERM: 'xterm' },
      input: text,
    });
  const no = await answer('no\n');
  expect(no.code).toBe(130);
  expect(no.stdout).toMatch(/Type yes to continue/);
  expect((await machine().varvel('keys', 'reveal', 'bots')).code).toBe(0);
  const yes = await answer('yes\n');
  expect(yes.code).toBe(0);
  expect((await machine().varvel('keys', 'reveal', 'bots')).code).toBe(4);
});

test('an unexpected failure has no stack trace without --debug', async () => {
  const args = ['keys', 'reveal', 'nothing-like-it'];
  expect((await machine().varvel(...args)).stderr).not.toMatch(/^\s+at /m);
  expect((await machine().varvel(...args, '--debug')).stderr).toMatch(/^\s+at /m);
});
