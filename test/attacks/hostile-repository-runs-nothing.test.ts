import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { sharedMachine, vaultPassphrase } from '../integration/cli/machine.ts';
import { keyOf } from '../integration/sandbox/running.ts';
import { figure } from './figures.ts';

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

/** A file that a repository holds. */
function put(name: string, text: string, mode = 0o644): string {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
  chmodSync(at(name), mode);
  return at(name);
}

/** A program that leaves its environment behind when it runs. */
const program = (name = 'program') => put(name, `#!/bin/sh\nenv >> '${at('ran')}'\n`, 0o755);

afterAll(() =>
  figure(20, 'hostile repositories', { 'hostile repositories': count, 'programs of theirs that ran': 0 }),
);

beforeEach(() => {
  count += 1;
  folder = join(machine().root, `clone-${count}`);
  mkdirSync(folder);
  git('init', '-q');
  git('config', 'user.email', 'a@b.c');
  git('config', 'user.name', 'a');
  put('src/a', 'a\n');
  git('add', '.');
  git('commit', '-qm', 'a');
});

/** Exports into the repository, and tells how that went and whether a program of the repository ran. */
async function exportTo(file: string, env: Record<string, string> = {}) {
  const { code, stderr } = await machine().varvelWith({ cwd: folder, env }, 'export', file);
  const ran = existsSync(at('ran')) ? readFileSync(at('ran'), 'utf8') : 'nothing';
  return { code, stderr, ran };
}

/** Runs plain git, which does run the program: the attack is real. */
function expectPlainGitRuns(): void {
  spawnSync('git', ['ls-files', '--error-unmatch', '.env'], { cwd: folder, stdio: 'ignore' });
  expect(existsSync(at('ran')), 'plain git runs the program').toBe(true);
  rmSync(at('ran'));
}

/** Names of the configuration whose value git runs as a program, or may. */
const runs = [
  ...['core.fsmonitor', 'core.sshCommand', 'core.editor', 'core.askPass', 'core.pager', 'pager.ls-files'],
  ...['alias.ls-files', 'alias.check-ignore', 'alias.rev-parse', 'credential.helper', 'core.gitProxy'],
  ...['diff.external', 'gpg.program', 'sequence.editor', 'core.alternateRefsCommand', 'gc.recentObjectsHook'],
];

test.each(runs)('a program in %s doesn’t run', async (name) => {
  git('config', name, program());
  git('config', 'core.untrackedCache', 'true');
  if (name === 'core.fsmonitor') expectPlainGitRuns();
  expect(await exportTo('.env')).toMatchObject({ code: 0, ran: 'nothing' });
});

test('hooks, filters and an included configuration don’t run', async () => {
  for (const hook of ['fsmonitor-watchman', 'post-index-change', 'reference-transaction', 'pre-auto-gc'])
    program(`hooks/${hook}`);
  git('config', 'core.hooksPath', at('hooks'));
  put('.gitattributes', '* filter=own diff=own\n');
  for (const name of ['filter.own.clean', 'filter.own.smudge', 'filter.own.process', 'diff.own.textconv'])
    git('config', name, program());
  put('more', `[core]\n\tfsmonitor = ${program()}\n`);
  git('config', 'include.path', at('more'));
  git('config', 'includeIf.gitdir:/.path', at('more'));
  git('config', 'extensions.worktreeConfig', 'true');
  git('config', '--worktree', 'core.fsmonitor', program());
  expectPlainGitRuns();
  expect(await exportTo('.env')).toMatchObject({ code: 0, ran: 'nothing' });
});

test('searching its history and what is staged runs none of its programs', async () => {
  const { key } = await keyOf(machine().sandbox, 'falconers', 'API');
  put('.env', `FAL_KEY=${key}\n`);
  git('add', '.');
  git('commit', '-qm', 'a key');
  put('src/b', `${key}\n`);
  git('add', '.');
  for (const name of runs) git('config', name, program());
  put('.gitattributes', '* filter=own diff=own\n');
  for (const name of ['filter.own.clean', 'filter.own.smudge', 'filter.own.process', 'diff.own.textconv'])
    git('config', name, program());
  git('config', 'log.showSignature', 'true');
  git('config', 'diff.own.command', program());
  git('config', 'diff.own.cachetextconv', 'true');
  git('config', 'core.hooksPath', at('hooks'));
  for (const hook of ['post-index-change', 'reference-transaction', 'pre-auto-gc']) program(`hooks/${hook}`);
  git('config', 'remote.origin.url', folder);
  git('config', 'remote.origin.uploadpack', program());
  git('config', 'remote.origin.promisor', 'true');
  git('config', 'extensions.partialClone', 'origin');
  rmSync(at('ran'), { force: true });
  const staged = await machine().varvelWith({ cwd: folder }, 'find', '--staged');
  expect(staged.stdout).toMatch(/^src\/b:1\t/);
  const tree = String(git('rev-parse', 'HEAD~1:src')).trim();
  rmSync(at(`.git/objects/${tree.slice(0, 2)}/${tree.slice(2)}`));
  rmSync(at('ran'), { force: true });
  const found = await machine().varvelWith({ cwd: folder }, 'find');
  expect(found.code).toBe(8);
  // git can't tell the commit without that folder
  expect(found.stdout).toMatch(/: blob \w+, in no known commit\t/);
  expect(existsSync(at('ran'))).toBe(false);
});

test('a bare repository inside a clone doesn’t run its program, and is not believed', async () => {
  put('sub/HEAD', 'ref: refs/heads/main\n');
  put('sub/objects/.keep', '');
  put('sub/refs/.keep', '');
  put('sub/config', `[core]\n\tbare = false\n\tworktree = .\n\tfsmonitor = ${program()}\n`);
  const answer = await exportTo('sub/.env');
  expect(answer).toMatchObject({ code: 8, ran: 'nothing' });
  expect(answer.stderr).toMatch(/Couldn’t check whether git tracks/);
  expect(existsSync(at('sub/.env'))).toBe(false);
});

test('a partial clone that lacks a folder’s objects fetches nothing, by no program', async () => {
  git('config', 'remote.origin.url', folder);
  git('config', 'remote.origin.uploadpack', program());
  git('config', 'remote.origin.promisor', 'true');
  git('config', 'protocol.file.allow', 'always');
  git('config', 'protocol.ext.allow', 'always');
  git('sparse-checkout', 'set', '--cone', '--sparse-index', 'nowhere');
  const tree = String(git('rev-parse', 'HEAD:src')).trim();
  rmSync(at(`.git/objects/${tree.slice(0, 2)}/${tree.slice(2)}`));
  git('config', 'extensions.partialClone', 'origin');
  expectPlainGitRuns();
  expect(await exportTo('.env')).toMatchObject({ code: 8, ran: 'nothing' });
});

test('git gets none of our environment that is secret or leads elsewhere', async () => {
  const bin = join(folder, 'bin');
  put(
    'bin/git',
    `#!/bin/sh\nenv >> '${at('ran')}'\nexec ${String(execFileSync('which', ['git'])).trim()} "$@"\n`,
    0o755,
  );
  const { code, ran } = await exportTo('.env', {
    PATH: `${bin}:${process.env.PATH}`,
    FAL_KEY: 'a:canary',
    GIT_DIR: '/nowhere',
    GIT_COMMON_DIR: '/nowhere',
    GIT_CEILING_DIRECTORIES: dirname(folder),
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'core.fsmonitor',
    GIT_CONFIG_VALUE_0: program(),
    GITHUB_TOKEN: 'canary',
  });
  expect(code).toBe(0);
  expect(ran).toMatch(/^PATH=/m);
  expect(ran).not.toMatch(/canary|nowhere|VARVEL|FAL_|GITHUB|GIT_(DIR|COMMON|CEIL|CONFIG)/);
  expect(ran).not.toContain(vaultPassphrase);
});

test('a program named git in the repository doesn’t run, even with “.” in PATH', async () => {
  program('git');
  const { ran } = await exportTo('.env', { PATH: `.:${process.env.PATH}` });
  expect(ran).toBe('nothing');
});
