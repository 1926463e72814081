import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { waitUntil } from '../../daemons/wait-until.ts';
import { formsOfKey, found as foundIn, searchFiles } from '../promises/canary.ts';
import { watchProcesses } from '../promises/process-watch.ts';
import { keyOf } from '../sandbox/running.ts';
import { expectFailure } from './contract.ts';
import { sharedMachine } from './machine.ts';
import { varvelProgram } from './program.ts';

let key = '';
let secret = '';
let id = '';
const machine = sharedMachine({}, async (made) => {
  ({ key } = await keyOf(made.sandbox, 'falconers', 'API'));
  [id = '', secret = ''] = key.split(':');
  await made.varvelWith({ input: key }, 'keys', 'add', 'bots', '--stdin', '-p', 'studio');
});

let folder = '';
let count = 0;
const at = (name: string) => join(folder, name);

beforeEach(() => {
  count += 1;
  folder = join(machine().root, `person-${count}`, 'shop');
  mkdirSync(folder, { recursive: true });
});

function put(name: string, text: string | Buffer): string {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
  return at(name);
}

const read = (name: string): string => readFileSync(at(name), 'utf8');

/** In the folder, which is in a home folder of its own. */
const find = (...args: string[]) => findIn(folder, ...args);

const findIn = (cwd: string, ...args: string[]) =>
  machine().varvelWith({ cwd, env: { HOME: dirname(folder) } }, 'find', ...args);

const git = (...args: string[]): string =>
  execFileSync('git', args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_GLOBAL: '/dev/null' },
  }).trim();

function startRepository(): void {
  git('init', '-q');
  git('config', 'user.email', 'a@b.c');
  git('config', 'user.name', 'a');
}

/** Neither stream holds the secret, in any form. */
function expectNoSecret({ stdout, stderr }: { stdout: string; stderr: string }): void {
  expect(foundIn(Buffer.from(stdout + stderr), formsOfKey('the key', key))).toEqual([]);
}

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

test('--scrub changes the secrets and nothing else, and --undo puts every byte back', async () => {
  const before = {
    'a.env': `\ufeffX=1\r\nFAL_KEY="${key}"\r\n# end`,
    'b.yaml': `key: ${Buffer.from(key).toString('base64').replace(/.{76}/, '$&\n  ')}\n`,
    'c.json': JSON.stringify({ twice: `${key} ${key}`, url: encodeURIComponent(key) }),
  };
  for (const [name, text] of Object.entries(before)) put(name, text);
  put('d.txt', Buffer.from(`\ufeff${key}`, 'utf16le'));
  put('e.sqlite', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.from(key)]));
  chmodSync(at('a.env'), 0o640);
  const outcome = await find('--scrub', '--yes');
  // the copy in the database stays
  expect(outcome.code).toBe(8);
  expectNoSecret(outcome);
  expect(read('a.env')).toBe(`\ufeffX=1\r\nFAL_KEY="${id}:removed_by_varvel"\r\n# end`);
  expect(statSync(at('a.env')).mode & 0o777).toBe(0o640);
  expect(JSON.parse(read('c.json')).twice).toBe(`${id}:removed_by_varvel ${id}:removed_by_varvel`);
  expect(readFileSync(at('d.txt')).toString('utf16le')).toBe(`\ufeff${id}:removed_by_varvel`);
  expect(read('b.yaml')).toHaveLength(before['b.yaml'].length);
  const again = await find();
  expect(again.stdout.trim().split('\n')).toHaveLength(1);
  expect(again.stdout).toMatch(/e\.sqlite:1\t.*not a text file/);
  const { stdout } = await machine().varvel('activity', '--json');
  expect(stdout).toContain('3 scrubbed in');
  expect(stdout).not.toContain(secret);

  expect(await find('--undo')).toMatchObject({ code: 0 });
  for (const [name, text] of Object.entries(before)) expect(read(name)).toBe(text);
  expect(readFileSync(at('d.txt')).toString('utf16le')).toBe(`\ufeff${key}`);
  expectFailure(await find('--undo'), 4, /nothing to undo/, /20/);
});

test('--replace puts a reference where the file’s kind has one', async () => {
  put('.env', `A=1\nFAL_KEY=${key}\nB=2\n`);
  put(
    'run.sh',
    `#!/bin/sh\nexport FAL_KEY='${key}'\ncurl -H "Authorization: Key ${key}" x\ncurl -H 'Authorization: Key ${key}' x\n`,
  );
  put('compose.yaml', `environment:\n  FAL_KEY: ${key}\n`);
  put('.mcp.json', `{"env":{"FAL_KEY":"${key}"}}`);
  put('main.mjs', `fal.config({ credentials: '${key}' });\n`);
  put('notes.md', `The key is ${key}.\n`);
  const outcome = await find('--replace', '--yes');
  expectNoSecret(outcome);
  expect(outcome.code).toBe(8);
  expect(outcome.stderr).toMatch(/1 copy can’t be replaced by a reference/);
  expect(read('.env')).toBe('A=1\nB=2\n');
  expect(read('run.sh')).toBe(
    `#!/bin/sh\ncurl -H "Authorization: Key \${FAL_KEY}" x\ncurl -H 'Authorization: Key '"\${FAL_KEY}"'' x\n`,
  );
  expect(read('compose.yaml')).toBe(`environment:\n  FAL_KEY: \${FAL_KEY}\n`);
  expect(read('.mcp.json')).toBe(`{"env":{"FAL_KEY":"\${FAL_KEY}"}}`);
  expect(read('main.mjs')).toBe('fal.config({ credentials: process.env.FAL_KEY });\n');
  expect(read('notes.md')).toContain(key);
  // a line that was removed is put back where it was, though the file has changed
  put('.env', `NEW=0\n${read('.env')}C=3\n`);
  await find('--undo');
  expect(read('.env')).toBe(`NEW=0\nA=1\nFAL_KEY=${key}\nB=2\nC=3\n`);
  expect(read('compose.yaml')).toContain(key);
});

test('nothing is changed without a yes', async () => {
  put('.env', `FAL_KEY=${key}\n`);
  expectFailure(await find('--scrub'), 2, /changes files/, /--yes/);
  expect(read('.env')).toContain(key);
});

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

test('--staged lets a commit through on a machine without keys', async () => {
  startRepository();
  put('.env', `FAL_KEY=${key}\n`);
  git('add', '.');
  const env = { HOME: dirname(folder), VARVEL_HOME: at('empty') };
  expect(await machine().varvelWith({ cwd: folder, env }, 'find', '--staged')).toMatchObject({ code: 0 });
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
