import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { expectFailure } from '../contract.ts';
import { varvelProgram } from '../program.ts';
import {
  at,
  expectNoSecret,
  find,
  folder,
  git,
  key,
  machine,
  openShop,
  put,
  startRepository,
} from './shop.ts';

openShop();

test('--staged stops a commit with a key, and lets others through', async () => {
  startRepository();
  put('.git/hooks/pre-commit', `#!/bin/sh\nexec '${varvelProgram}' find --staged\n`);
  chmodSync(at('.git/hooks/pre-commit'), 0o755);
  const commit = (...args: string[]) =>
    spawnSync('git', ['commit', '-qm', 'work', ...args], {
      cwd: folder,
      env: { ...machine().env, HOME: dirname(folder) },
      encoding: 'utf8',
    });
  put('a.txt', 'one\n');
  put('b c.txt', 'two\n');
  git('add', '.');
  expect(commit()).toMatchObject({ status: 0 });
  put('b c.txt', `line\nFAL_KEY=${key}\n`);
  put('a.txt', 'changed\n');
  git('add', '.');
  const stopped = commit();
  expect(stopped.status).not.toBe(0);
  expect(stopped.stdout + stopped.stderr).toMatch(/b c\.txt:2/);
  expectNoSecret(stopped);
  // only a.txt is in that commit, which has an index of its own
  expect(commit('a.txt')).toMatchObject({ status: 0 });
  // what is staged counts, not what the file has now
  put('b c.txt', 'clean\n');
  expect((await find('--staged')).code).toBe(8);
  git('add', '.');
  expect(await find('--staged')).toMatchObject({ code: 0, stdout: '' });
});

test('--staged needs a repository, and works before the first commit', async () => {
  expectFailure(await find('--staged'), 4, /not in a git repository/, /Run it in one/);
  startRepository();
  put('.env', `FAL_KEY=${key}\n`);
  git('add', '.');
  const { code, stdout } = await find('--staged', '--json');
  expect(code).toBe(8);
  expect(JSON.parse(stdout).copies).toMatchObject([{ place: 'staged', path: '.env', line: 1 }]);
});

test.each(['sha1', 'sha256'])(
  '--staged searches the whole commit from a subfolder, also the first one, in a repository of %s',
  async (format) => {
    startRepository(`--object-format=${format}`);
    put('.env', `FAL_KEY=${key}\n`);
    put('packages/app/index.js', 'one\n');
    git('add', '.');
    const stagedInPackage = async () => {
      const cwd = at('packages/app');
      const { code, stdout } = await machine().varvelWith({ cwd }, 'find', '--staged', '--json');
      return { code, copies: JSON.parse(stdout).copies };
    };
    const expected = { code: 8, copies: [{ place: 'staged', path: '.env', line: 1 }] };
    expect(await stagedInPackage()).toMatchObject(expected);
    git('commit', '-qm', 'first');
    expect(await stagedInPackage()).toMatchObject({ code: 0 });
    git('checkout', '-q', '--orphan', 'other');
    expect(await stagedInPackage()).toMatchObject(expected);
  },
);

test('--staged lets a commit through on a machine without keys', async () => {
  startRepository();
  put('.env', `FAL_KEY=${key}\n`);
  git('add', '.');
  const env = { HOME: dirname(folder), VARVEL_HOME: at('empty') };
  expect(await machine().varvelWith({ cwd: folder, env }, 'find', '--staged')).toMatchObject({ code: 0 });
});
