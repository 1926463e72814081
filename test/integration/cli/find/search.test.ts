import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readlinkSync, symlinkSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { waitUntil } from '../../../daemons/wait-until.ts';
import { formsOfKey, found as foundIn, searchFiles } from '../../promises/canary.ts';
import { watchProcesses } from '../../promises/process-watch.ts';
import { expectFailure } from '../contract.ts';
import {
  at,
  expectNoSecret,
  find,
  findIn,
  folder,
  git,
  id,
  key,
  machine,
  openShop,
  put,
  read,
  secret,
  startRepository,
} from './shop.ts';

openShop();

test('copies in the working folder are shown by place, form and key, and never the secret', async () => {
  put('a/.env', `PORT=1\nFAL_KEY=${key}\n`);
  put('b.yaml', `data:\n  key: ${Buffer.from(key).toString('base64')}\n`);
  put('c.txt', `only ${secret}\n`);
  const outcome = await find();
  expect(outcome.code).toBe(8);
  expect(
    outcome.stdout
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => line.split('\t')),
  ).toEqual([
    ['b.yaml:2', 'bots', id, 'whole key in base64', ''],
    ['c.txt:1', 'bots', id, 'secret half', ''],
    ['a/.env:2', 'bots', id, 'whole key', ''],
  ]);
  expect(outcome.stderr).toMatch(/Found 3 copies of 1 key in 3 files/);
  expectNoSecret(outcome);
});

test('a folder without copies ends with 0', async () => {
  put('a.txt', 'nothing\n');
  const { code, stdout, stderr } = await find();
  expect({ code, stdout, stderr }).toMatchObject({
    code: 0,
    stdout: '',
    stderr: /^No copies found in 1 file/,
  });
});

test('the document for programs has places, counts and what wasn’t searched', async () => {
  startRepository();
  put('.env', `FAL_KEY=${key}\n`);
  git('add', '.');
  git('commit', '-qm', 'add');
  const commit = git('rev-parse', 'HEAD');
  const { code, stdout } = await find('--json');
  expect(code).toBe(8);
  expect(JSON.parse(stdout)).toMatchObject({
    copies: [
      {
        key: id,
        alias: 'bots',
        part: 'key',
        form: 'plain',
        place: 'file',
        path: at('.env'),
        line: 1,
        stays: null,
      },
      {
        place: 'history',
        repository: folder,
        object: 'blob',
        commit,
        path: '.env',
        line: 1,
        stays: 'history',
      },
    ],
    count: 2,
    complete: true,
    searched: { repositories: 1, objects: 3 },
    not_searched: [],
  });
  const without = JSON.parse((await find('--json', '--no-history')).stdout);
  expect(without.copies.map(({ place }: { place: string }) => place)).toEqual(['file']);
});

test('a key in the name of a file is found, and shown without its secret', async () => {
  put(`keys/${secret}.txt`, `${key}\n`);
  const outcome = await find();
  expect(outcome.code).toBe(8);
  expect(outcome.stdout).toMatch(/keys\/….txt/);
  expectNoSecret(outcome);
  expectNoSecret(await find('--scrub', '--yes'));
});

test('links in a circle, a FIFO, a socket’s folder and unreadable places neither stop nor hang it', async () => {
  put('a/.env', `FAL_KEY=${key}\n`);
  symlinkSync('..', at('a/up'));
  symlinkSync(at('a/.env'), at('link'));
  spawnSync('mkfifo', [at('fifo')]);
  put('closed/.env', key);
  put('file', key);
  chmodSync(at('closed'), 0o000);
  chmodSync(at('file'), 0o000);
  const { code, stdout, stderr } = await find();
  expect(code).toBe(8);
  // root reads everything
  const isRoot = process.getuid?.() === 0;
  expect(stdout.trim().split('\n')).toHaveLength(isRoot ? 3 : 1);
  if (!isRoot) expect(stderr).toMatch(/closed was not searched: permission denied/);
});

test('what can’t be searched makes the exit code honest', async () => {
  put('large', Buffer.alloc(3000));
  const { code, stderr } = await find('--max-size', '2K');
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: /large was not searched: it is larger than/ });
  expectFailure(await find('--max-size', 'much'), 2, /“much” is not a size/, /500M/);
  expectFailure(await find('nowhere'), 4, /nowhere doesn’t exist/, /Check/);
});

test('the whole home folder is searched only when it is named', async () => {
  expectFailure(await findIn(dirname(folder)), 2, /whole home folder/, /--home/);
  put('.env', `FAL_KEY=${key}\n`);
  expect((await findIn(dirname(folder), '.')).code).toBe(8);
});

test('--home searches histories, start-up files and agents, and nothing else', async () => {
  const home = (name: string, text: string) => put(join('..', name), text);
  home('.bash_history', `export FAL_KEY=${key}\n`);
  home('.zshrc', `export FAL_KEY=${key}\n`);
  home('.claude/projects/shop/1.jsonl', `{"text":"FAL_KEY=${key}"}\n`);
  home('.genmedia/config.json', JSON.stringify({ key }));
  home('.cursor/mcp.json', JSON.stringify({ env: { FAL_KEY: key } }));
  put('.env', `FAL_KEY=${key}\n`);
  const { stdout } = await find('--home', '--json');
  const paths: string[] = JSON.parse(stdout).copies.map(({ path }: { path: string }) => path);
  expect(paths.map((path) => path.slice(dirname(folder).length)).sort()).toEqual([
    '/.bash_history',
    '/.claude/projects/shop/1.jsonl',
    '/.cursor/mcp.json',
    '/.genmedia/config.json',
    '/.zshrc',
  ]);
});

test('a file that Varvel exported to is shown, and isn’t a stray', async () => {
  await machine().varvelWith({ cwd: folder }, 'export', '.env', '-p', 'studio', '--yes');
  const { code, stdout } = await find();
  expect({ code, stdout }).toMatchObject({ code: 0, stdout: /\.env:1\t.*exported by Varvel/ });
  await find('--scrub', '--yes');
  expect(read('.env')).toContain(key);
});

test('options that don’t fit together are refused', async () => {
  expectFailure(await find('--staged', '--scrub'), 2, /--staged can’t be combined with --scrub/, /one/);
  expectFailure(await find('--undo', 'a'), 2, /--undo can’t be combined with a/, /one/);
  expectFailure(await find('--scrub', '--replace'), 2, /--scrub can’t be combined with --replace/, /one/);
});

test('keys in a line of 16 million characters, also at a border of what is read at once, are found', async () => {
  const line = Buffer.alloc(16 * 1024 * 1024, 'x');
  for (const place of [1024 * 1024 - 30, 2 * 1024 * 1024 + 600, 9_000_001]) line.write(` ${key} `, place);
  put('one-line.txt', line);
  const { stdout } = await find('--json');
  expect(JSON.parse(stdout).copies.map((copy: { line: number }) => copy.line)).toEqual([1, 1, 1]);
});

test('Ctrl-C ends a search', async () => {
  // many gigabytes that no disk has
  for (let index = 0; index < 60; index += 1) truncateSync(put(`file-${index}`, ''), 1_000_000_000);
  const running = machine().start({ cwd: folder }, 'find');
  await waitUntil('the search', () => reads(running.process.pid) || null);
  running.process.kill('SIGINT');
  expect(await running.ended).toMatchObject({ code: 130, stdout: '' });
});

/** Whether a process has a file of the folder open. */
function reads(pid: number | undefined): boolean {
  const open = readdirSync(`/proc/${pid}/fd`);
  return open.some((descriptor) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${descriptor}`).startsWith(folder);
    } catch {
      return false;
    }
  });
}

test('no secret stands in a command line, a file or the log after searching, scrubbing and undoing', async () => {
  startRepository();
  put('.env', `FAL_KEY=${key}\n`);
  git('add', '.');
  git('commit', '-qm', 'add');
  const watch = watchProcesses();
  for (const args of [[], ['--json'], ['--staged'], ['--scrub', '--yes'], ['--undo']])
    expectNoSecret(await find(...args));
  const forms = formsOfKey('the key', key);
  for (const { command } of watch.stop()) expect(foundIn(Buffer.from(command), forms)).toEqual([]);
  expect(searchFiles(machine().home, forms)).toEqual([]);
  expect(existsSync(at('.env'))).toBe(true);
  expect(readdirSync(folder).sort()).toEqual(['.env', '.git']);
});
