import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { expectFailure } from '../integration/cli/contract.ts';
import { sharedMachine } from '../integration/cli/machine.ts';
import { keyOf } from '../integration/sandbox/running.ts';
import { figure } from './figures.ts';

let key = '';
const machine = sharedMachine({ vault: 'file' }, async (made) => {
  key = (await keyOf(made.sandbox, 'falconers', 'API')).key;
  await made.varvelWith({ input: key }, 'keys', 'add', 'one', '--stdin', '-p', 'one');
  await made.varvel('profiles', 'create', 'two', `key=${key.split(':')[0]}`);
  await made.varvel('switch', 'one');
});

/** A folder of settings that git tracks, as many people have. */
let dotfiles = '';
const config = () => join(dotfiles, 'config.toml');
const git = (...args: string[]) =>
  execFileSync('git', args, {
    cwd: dotfiles,
    stdio: 'pipe',
    env: { PATH: process.env.PATH, HOME: dotfiles },
  });
const varvel = (path: string, ...args: string[]) =>
  machine().varvelWith({ env: { FAL_CONFIG_PATH: path } }, ...args);

beforeEach(async () => {
  dotfiles = await mkdtemp(join(machine().root, 'dotfiles-'));
  git('init', '-q');
  writeFileSync(config(), '# mine\n');
  git('add', '.');
});

test('fal’s file that git tracks gets no key, also through a link, unless it is forced', async () => {
  const link = join(machine().root, 'linked.toml');
  rmSync(link, { force: true });
  symlinkSync(config(), link);
  for (const path of [config(), link])
    expectFailure(
      await varvel(path, 'falcli', 'apply', '--with-key'),
      8,
      /git tracks .*config.toml/,
      /--force/,
    );
  expect(readFileSync(config(), 'utf8')).toBe('# mine\n');
  // the profile alone is no secret
  expect(await varvel(config(), 'falcli', 'apply')).toMatchObject({ code: 0 });
  const forced = await varvel(config(), 'falcli', 'apply', '--with-key', '--force');
  expect(forced).toMatchObject({ code: 0 });
  expect(forced.stderr).toMatch(/git tracks .*Don’t commit the key/);
  expect(readFileSync(config(), 'utf8')).toContain(key);
  figure(20, 'fal’s file in git', { 'tracked files': 2, 'keys written unasked': 0 });
});

test('a switch that syncs the key leaves a file alone that git tracks by now', async () => {
  git('rm', '-q', '--cached', 'config.toml');
  const applied = await varvel(config(), 'falcli', 'apply', '--with-key', '--in-step');
  expect(applied).toMatchObject({ code: 0 });
  expect(applied.stderr).toMatch(/git doesn’t ignore/);
  const before = readFileSync(config(), 'utf8');
  git('add', 'config.toml');
  const switched = await varvel(config(), 'switch', 'two');
  expect(switched.stderr).toMatch(/did not follow the switch: git tracks/);
  expect(readFileSync(config(), 'utf8')).toBe(before);
  // who forces the sync means every switch
  await varvel(config(), 'falcli', 'apply', 'one', '--with-key', '--in-step', '--force');
  expect((await varvel(config(), 'switch', 'two')).stderr).not.toContain('did not follow');
  expect(readFileSync(config(), 'utf8')).toContain('[two]');
  await varvel(config(), 'falcli', 'apply', '--no-in-step');
});

test('a file whose folder is missing is asked for in the repository around it', async () => {
  mkdirSync(join(dotfiles, 'deep/fal'), { recursive: true });
  const path = join(dotfiles, 'deep/fal/config.toml');
  writeFileSync(path, '');
  git('add', '-f', path);
  rmSync(join(dotfiles, 'deep'), { recursive: true });
  expect(await varvel(path, 'falcli', 'apply', '--with-key')).toMatchObject({ code: 8 });
  // outside of every repository, nothing is said
  const outside = join(machine().root, 'new/folder/config.toml');
  const { code, stderr } = await varvel(outside, 'falcli', 'apply', '--with-key');
  expect(code).toBe(0);
  expect(stderr).not.toContain('git');
});
