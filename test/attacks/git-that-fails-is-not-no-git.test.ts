import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { sharedMachine } from '../integration/cli/machine.ts';
import { run, varvelProgram } from '../integration/cli/program.ts';
import { keyOf } from '../integration/sandbox/running.ts';

const machine = sharedMachine({ vault: 'file' }, async (made) => {
  const { key } = await keyOf(made.sandbox, 'falconers', 'API');
  await made.varvelWith({ input: key }, 'keys', 'add', 'one', '--stdin', '-p', 'one');
  await made.varvel('switch', 'one');
});

let folder = '';
let count = 0;
const at = (name: string) => join(folder, name);
const git = (...args: string[]) =>
  execFileSync('git', args, { cwd: folder, stdio: 'pipe', env: { PATH: process.env.PATH, HOME: folder } });
const varvel = (env: Record<string, string>, ...args: string[]) =>
  machine().varvelWith({ cwd: folder, env }, ...args);

beforeEach(() => {
  count += 1;
  folder = join(machine().root, `repository-${count}`);
  mkdirSync(folder);
  git('init', '-q');
  writeFileSync(at('.env'), 'A=1\n');
  git('add', '.env');
});

const realGit = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();

/** A PATH whose git does this. */
function gitThat(does: string): { PATH: string } {
  mkdirSync(at('bin'));
  writeFileSync(at('bin/git'), `#!/bin/sh\n${does}\n`);
  chmodSync(at('bin/git'), 0o755);
  return { PATH: `${at('bin')}:${process.env.PATH}` };
}

test.each([
  ['is killed', 'kill -KILL $$'],
  ['ends in a crash', 'kill -SEGV $$'],
  ['fails', 'echo fatal: unable to read index >&2; exit 128'],
  ['fails while it lists', 'case " $* " in *" rev-parse "*) echo true ;; *) exit 128 ;; esac'],
  [
    'can’t open the repository',
    'echo "fatal: not a git repository: /elsewhere/.git/worktrees/a" >&2; exit 128',
  ],
])('a git that %s: nothing is written without --force', async (_what, does) => {
  const env = gitThat(does);
  const refused = await varvel(env, 'export', '.env');
  expect(refused).toMatchObject({ code: 8, stderr: expect.stringMatching(/Couldn’t check.*--force/s) });
  expect(await varvel(env, 'export', '.env', '--yes')).toMatchObject({ code: 8 });
  expect(readFileSync(at('.env'), 'utf8')).toBe('A=1\n');
  const forced = await varvel(env, 'export', '.env', '--force');
  expect(forced).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/Couldn’t check whether git tracks/),
  });
});

test('a repository around the nearest one that git doesn’t read, being another user’s, is asked by its index', async () => {
  mkdirSync(at('in'));
  for (const name of ['in/.env', 'in/other.env']) writeFileSync(at(name), 'A=1\n');
  git('add', 'in/.env');
  execFileSync('git', ['init', '-q', at('in')]);
  const env = gitThat(
    `case " $* " in *" -C ${folder} "*) echo "fatal: detected dubious ownership in repository" >&2; exit 128 ;; *) exec ${realGit} "$@" ;; esac`,
  );
  expect(await varvel(env, 'export', 'in/.env')).toMatchObject({
    code: 8,
    stderr: expect.stringMatching(/Couldn’t check/),
  });
  expect(readFileSync(at('in/.env'), 'utf8')).toBe('A=1\n');
  expect(await varvel(env, 'export', 'in/other.env')).toMatchObject({ code: 0 });
});

test('a git that isn’t in PATH: nothing is written where there is a repository', async () => {
  mkdirSync(at('bin'));
  // the program's own Node, and nothing else
  symlinkSync(process.execPath, at('bin/node'));
  const noGit = { PATH: at('bin') };
  mkdirSync(at('deep'));
  const refused = { code: 8, stderr: expect.stringMatching(/Couldn’t check.*--force/s) };
  expect(await varvel(noGit, 'export', '.env')).toMatchObject(refused);
  expect(await varvel(noGit, 'export', 'deep/.env')).toMatchObject(refused);
  rmSync(at('.git'), { recursive: true });
  expect(await varvel(noGit, 'export', '.env')).toMatchObject({ code: 0 });
});

test('a repository that makes git wait for ever: nothing is written, and in a terminal it asks', async () => {
  git('rm', '-q', '--cached', '.env');
  execFileSync('mkfifo', [at('ignored')]);
  git('config', 'core.excludesFile', at('ignored'));
  const terminal = ['-qec', `${varvelProgram} export .env`, '/dev/null'];
  const [refused, asked] = await Promise.all([
    varvel({}, 'export', '.env'),
    run('script', terminal, { env: machine().env, cwd: folder, input: 'no\n' }),
  ]);
  expect(refused).toMatchObject({ code: 8, stderr: expect.stringMatching(/Couldn’t check/) });
  expect(refused.took).toBeLessThan(25_000);
  expect(asked.stdout).toMatch(/Couldn’t check whether git tracks.*Write this to \.env\?/s);
  expect(readFileSync(at('.env'), 'utf8')).toBe('A=1\n');
});

test('a file named as a pattern is not taken for the files that the pattern matches', async () => {
  expect(await varvel({}, 'export', '*')).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/git doesn’t ignore/),
  });
  writeFileSync(at('.gitignore'), '\\[a]\n');
  const ignored = await varvel({}, 'export', '[a]');
  expect(ignored).toMatchObject({ code: 0, stderr: expect.not.stringMatching(/git/) });
  git('add', '--', ':(literal)*');
  expect(await varvel({}, 'export', '*')).toMatchObject({ code: 8 });
  expect(existsSync(at('*'))).toBe(true);
});
