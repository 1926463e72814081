import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { createLocks } from '../../../platform/process/locks.ts';
import { expectFailure } from '../cli/contract.ts';
import { type Machine, sharedMachine } from '../cli/machine.ts';
import { run, varvelProgram } from '../cli/program.ts';
import { keyOf } from '../sandbox/running.ts';
import { typed } from '../vault/typed.ts';

const keys = { one: '', two: '' };
const machine = sharedMachine({}, async (made: Machine) => {
  keys.one = (await keyOf(made.sandbox, 'falconers', 'API')).key;
  keys.two = (await keyOf(made.sandbox, 'falconers', 'ADMIN')).key;
  await made.varvelWith({ input: keys.one }, 'keys', 'add', 'one', '--stdin', '-p', 'one');
  await made.varvelWith({ input: keys.two }, 'keys', 'add', 'two', '--stdin', '-p', 'two');
  await made.varvel('switch', 'one');
});

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(machine().root, 'export-'));
});
const varvel = (...args: string[]) => machine().varvelWith({ cwd: folder }, ...args);
const at = (name: string) => join(folder, name);
const text = (name: string) => readFileSync(at(name), 'utf8');

test('a new file is made for its owner alone, and gone again when it is taken back', async () => {
  expect(await varvel('export', '.env')).toMatchObject({ code: 0, stdout: '' });
  expect(text('.env')).toBe(`FAL_KEY=${keys.one}\n`);
  expect(statSync(at('.env')).mode & 0o777).toBe(0o600);
  expect(await varvel('export', '--undo', '.env')).toMatchObject({ code: 0 });
  expect(await readdir(folder)).toEqual([]);
  expectFailure(await varvel('export', '--undo', '.env'), 4, /No export to .* can be undone/, /keys show/);
});

test('an existing file keeps its lines, its line breaks and stricter rights; taking it back leaves no byte changed', async () => {
  const before = '\ufeff# mine\r\nA="1" # one\r\nFAL_KEY=old # here\r\nB=2';
  writeFileSync(at('.env.local'), before);
  chmodSync(at('.env.local'), 0o400 | 0o200);
  await varvel('export', '.env.local');
  expect(text('.env.local')).toBe(before.replace('old', keys.one));
  expect(statSync(at('.env.local')).mode & 0o777).toBe(0o600);
  await varvel('export', '--undo', '.env.local');
  expect(text('.env.local')).toBe(before);
});

test('an export waits while another process of Varvel changes the file', async () => {
  writeFileSync(at('.env'), 'A=1\n');
  const home = machine().env.VARVEL_HOME ?? '';
  const lock = `patch-${createHash('sha256').update(at('.env')).digest('hex').slice(0, 2)}`;
  const exporting = await createLocks(home).exclusive(lock, async () => {
    const begun = varvel('export', '.env');
    await sleep(1500);
    expect(text('.env')).toBe('A=1\n');
    return { begun };
  });
  expect(await exporting.begun).toMatchObject({ code: 0 });
  expect(text('.env')).toBe(`A=1\nFAL_KEY=${keys.one}\n`);
});

test('several profiles stand in one file under names of their own', async () => {
  await varvel('export', '.env');
  await varvel('export', '.env', '-p', 'two', '--name', 'FAL_KEY_STAGING');
  expect(text('.env')).toBe(`FAL_KEY=${keys.one}\nFAL_KEY_STAGING=${keys.two}\n`);
  await varvel('export', '.env', '--undo', '--name', 'FAL_KEY');
  expect(text('.env')).toBe(`FAL_KEY_STAGING=${keys.two}\n`);
});

test('formats follow from the name, and can be said', async () => {
  await varvel('export', '.envrc');
  await varvel('export', 'fal.json');
  await varvel('export', 'worker', '--format', 'systemd');
  expect(text('.envrc')).toBe(`export FAL_KEY='${keys.one}'\n`);
  expect(JSON.parse(text('fal.json'))).toEqual({ FAL_KEY: keys.one });
  expect(text('worker')).toBe(`FAL_KEY=${keys.one}\n`);
});

const shown = z.object({
  files: z.array(z.object({ path: z.string(), variable: z.string(), state: z.string() })),
});
const where = async (key: string) =>
  (await machine().json(shown, 'keys', 'show', key)).files
    .filter(({ path }) => path.startsWith(folder))
    .map(({ path, variable, state }) => [path.slice(folder.length + 1), variable, state]);

test('keys show tells which files hold a key: fresh, stale, gone', async () => {
  await machine().varvel('profiles', 'create', 'moving');
  await machine().varvel('profiles', 'set', 'moving', 'key=one');
  for (const file of ['a.env', 'b.env', 'c.env'])
    await varvel('export', file, '-p', 'moving', '--format', 'dotenv');
  writeFileSync(at('b.env'), 'FAL_KEY=other\n');
  expect(await where('one')).toEqual([
    ['a.env', 'FAL_KEY', 'fresh'],
    ['b.env', 'FAL_KEY', 'gone'],
    ['c.env', 'FAL_KEY', 'fresh'],
  ]);
  await machine().varvel('profiles', 'set', 'moving', 'key=two');
  expect((await where('one')).map(([, , state]) => state)).toEqual(['stale', 'gone', 'stale']);
  await varvel('export', 'a.env', '-p', 'moving');
  expect(await where('two')).toEqual([['a.env', 'FAL_KEY', 'fresh']]);
  expect((await machine().varvel('keys', 'show', 'two')).stdout).toContain('a.env');
});

test('no secret stands in the state, nor in any other file than the one asked for', async () => {
  writeFileSync(at('.env'), 'FAL_KEY=an:oldsecretvalue\n');
  await varvel('export', '.env', '-p', 'two');
  const secret = keys.two.split(':')[1] ?? '';
  const found = await run('grep', ['-rlaE', `${secret}|oldsecretvalue`, machine().data, folder], {
    env: machine().env,
  });
  expect(found.stdout.trim().split('\n')).toEqual([at('.env')]);
});

test('a symbolic link is followed and stays', async () => {
  writeFileSync(at('real'), 'A=1\n');
  symlinkSync('real', at('.env'));
  await varvel('export', '.env');
  expect(lstatSync(at('.env')).isSymbolicLink()).toBe(true);
  expect(text('real')).toBe(`A=1\nFAL_KEY=${keys.one}\n`);
  await varvel('export', '.env', '--undo');
  expect(text('real')).toBe('A=1\n');
});

test('what is no text file is refused and left as it is', async () => {
  await mkdir(at('folder'));
  await run('mkfifo', [at('fifo')], { env: machine().env });
  writeFileSync(at('binary'), 'A=\0\n');
  writeFileSync(at('large'), '');
  truncateSync(at('large'), 11 * 1024 * 1024);
  writeFileSync(at('bad.json'), '{"a":1,}');
  expectFailure(await varvel('export', 'folder'), 2, /folder/, /./);
  expectFailure(await varvel('export', 'fifo'), 2, /pipe/, /./);
  expectFailure(await varvel('export', '/dev/null'), 2, /device/, /./);
  expectFailure(await varvel('export', 'binary'), 2, /not a text file/, /./);
  expectFailure(await varvel('export', 'large'), 2, /too large/, /./);
  expectFailure(await varvel('export', 'bad.json'), 2, /not a JSON object/, /--format/);
  expectFailure(await varvel('export', 'no/such/.env'), 4, /Folder .* doesn’t exist/, /./);
  expect([text('binary'), text('bad.json')]).toEqual(['A=\0\n', '{"a":1,}']);
  expect(await where('one')).toEqual([]);
});

test('each export into a file can be taken back in turn, one that failed being none', async () => {
  writeFileSync(at('.env'), 'A=1\nFAL_KEY=theirs:before\n');
  await varvel('export', '.env', '-p', 'one');
  await varvel('export', '.env', '-p', 'two');
  chmodSync(at('.env'), 0o400);
  expectFailure(await varvel('export', '.env', '-p', 'one'), 1, /read-only/, /chmod/);
  chmodSync(at('.env'), 0o600);
  expect(await where('two')).toEqual([['.env', 'FAL_KEY', 'fresh']]);
  await varvel('export', '.env', '--undo');
  expect(text('.env')).toBe(`A=1\nFAL_KEY=${keys.one}\n`);
  expect(await where('one')).toEqual([['.env', 'FAL_KEY', 'fresh']]);
  await varvel('export', '.env', '--undo');
  expect(text('.env')).toBe('A=1\nFAL_KEY=theirs:before\n');
  expectFailure(await varvel('export', '.env', '--undo'), 4, /No export to .* can be undone/, /keys show/);
});

test('what was changed since is not taken back', async () => {
  await varvel('export', '.env');
  writeFileSync(at('.env'), 'FAL_KEY=mine:now\n');
  expectFailure(await varvel('export', '--undo', '.env'), 8, /changed since/, /FAL_KEY/);
  expect(text('.env')).toBe('FAL_KEY=mine:now\n');
});

const git = (...args: string[]) =>
  run('git', args, { env: { ...machine().env, GIT_CONFIG_GLOBAL: '/dev/null' }, cwd: folder });

test('git: silent when it ignores the file, a warning when it would take it, a refusal when it has it', async () => {
  await git('init', '-q');
  writeFileSync(at('.gitignore'), '.env\n');
  expect((await varvel('export', '.env')).stderr).not.toMatch(/git/);
  const warned = await varvel('export', 'open.env');
  expect(warned).toMatchObject({ code: 0, stderr: expect.stringMatching(/git doesn’t ignore/) });
  writeFileSync(at('tracked.env'), 'A=1\n');
  await git('add', 'tracked.env');
  expectFailure(await varvel('export', 'tracked.env'), 8, /git tracks/, /--force/);
  expect(text('tracked.env')).toBe('A=1\n');
  expect(await varvel('export', 'tracked.env', '--force')).toMatchObject({ code: 0 });
  expect(text('tracked.env')).toContain(keys.one);
});

test('git: a repository around the nearest one may have the file', async () => {
  await git('init', '-q');
  await mkdir(at('in'));
  writeFileSync(at('in/.env'), 'A=1\n');
  await git('add', '-A');
  await run('git', ['init', '-q', 'in'], { env: machine().env, cwd: folder });
  writeFileSync(at('in/.gitignore'), '.env\n');
  expectFailure(await varvel('export', 'in/.env'), 8, /git tracks/, /--force/);
  expect(text('in/.env')).toBe('A=1\n');
  expect(await varvel('export', 'in/other.env')).toMatchObject({ code: 0 });
});

test('git: a file that it has by the time of the answer is not written', async () => {
  await git('init', '-q');
  writeFileSync(at('.gitignore'), '.env\n');
  writeFileSync(at('.env'), 'A=1\n');
  const ended = await typed(
    `cd '${folder}' && ${varvelProgram} export .env`,
    [
      async () => {
        await git('add', '-f', '.env');
        return 'yes';
      },
    ],
    { ...machine().env, TERM: 'xterm' },
  );
  expect(ended).toMatch(/git tracks/);
  expect(text('.env')).toBe('A=1\n');
});

test('a name that isn’t UTF-8 is refused: it would be another file’s', async () => {
  const bash = (line: string) => run('bash', ['-c', line], { env: machine().env, cwd: folder });
  expectFailure(await bash(`${varvelProgram} export $'x\\xe9.env'`), 2, /isn’t UTF-8/, /UTF-8/);
  expectFailure(await bash(`${varvelProgram} run -- touch $'x\\xe9'`), 2, /isn’t UTF-8/, /UTF-8/);
  expectFailure(
    await bash(`VARVEL_HOME=$'/tmp/x\\xe9' ${varvelProgram} profiles list`),
    2,
    /isn’t UTF-8/,
    /UTF-8/,
  );
  expect((await bash(`X=$'\\xe9' ${varvelProgram} run -- true`)).stderr).toMatch(/X isn’t UTF-8/);
  // the character itself, as it may stand in a name
  expect(await bash(`${varvelProgram} export $'x\\uFFFD.env'`)).toMatchObject({ code: 0 });
});

test('a file stays up to date when its profile is renamed', async () => {
  await machine().varvel('profiles', 'create', 'before', 'key=one');
  await varvel('export', '.env', '-p', 'before');
  await machine().varvel('profiles', 'rename', 'before', 'after');
  const { stdout } = await machine().varvel('keys', 'show', 'one');
  expect(stdout).toMatch(new RegExp(`${at('.env')}\\s+FAL_KEY of after, up to date`));
});

test('it works where there is no git', async () => {
  const bin = at('bin');
  await mkdir(bin);
  for (const name of ['sh', 'readlink', 'node']) {
    const found = name === 'node' ? process.execPath : `/usr/bin/${name}`;
    symlinkSync(found, join(bin, name));
  }
  const ended = await machine().varvelWith({ cwd: folder, env: { PATH: bin } }, 'export', '.env');
  expect(ended).toMatchObject({ code: 0 });
  expect(existsSync(at('.env'))).toBe(true);
});

test('on a terminal the masked change is shown first, and nothing is done without a yes', async () => {
  writeFileSync(at('.env'), 'FAL_KEY=an:oldsecret\n');
  const asked = async (answer: string) =>
    run('script', ['-qec', `${join(import.meta.dirname, '../../../bin/varvel')} export .env`, '/dev/null'], {
      env: machine().env,
      cwd: folder,
      input: `${answer}\n`,
    });
  const no = await asked('no');
  expect(no.stdout).toMatch(/- FAL_KEY=…/);
  expect(no.stdout).toContain(`+ FAL_KEY=${keys.one.split(':')[0]}:…`);
  expect(no.stdout).not.toContain('oldsecret');
  expect(no.stdout).not.toContain(keys.one.split(':')[1]);
  expect(text('.env')).toBe('FAL_KEY=an:oldsecret\n');
  await asked('yes');
  expect(text('.env')).toBe(`FAL_KEY=${keys.one}\n`);
});

test('a pin and the fal CLI’s file are no env files: they are refused, and stay as they are', async () => {
  writeFileSync(at('.varvel'), 'profile = "one"\n');
  writeFileSync(at('config.toml'), '# mine\n');
  const env = { FAL_CONFIG_PATH: at('config.toml') };
  symlinkSync('.varvel', at('link to the pin'));
  symlinkSync('config.toml', at('link to the fal CLI’s'));
  for (const [name, words] of [
    ['.varvel', /is a pin/],
    ['link to the pin', /is a pin/],
    ['config.toml', /fal CLI’s file/],
    ['link to the fal CLI’s', /fal CLI’s file/],
  ] as const) {
    const ended = await machine().varvelWith({ cwd: folder, env }, 'export', name, '-p', 'one', '--force');
    expectFailure(ended, 2, words, /./);
  }
  expect([text('.varvel'), text('config.toml')]).toEqual(['profile = "one"\n', '# mine\n']);
});
