import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { type Machine, newMachine } from '../cli/machine.ts';
import { keyOf } from '../sandbox/running.ts';
import { changed, listen } from '../web/listener.ts';
import { type Served, serve } from '../web/served.ts';

const machine = newMachine({ vault: 'file' });
const keys = { one: '', two: '' };
const idOf = (key: string): string => key.split(':')[0] ?? '';

async function prepare(made: Machine): Promise<void> {
  keys.one = (await keyOf(made.sandbox, 'falconers', 'API')).key;
  keys.two = (await keyOf(made.sandbox, 'falconers', 'ADMIN')).key;
  await made.varvelWith({ input: keys.one }, 'keys', 'add', 'one', '--stdin', '-p', 'one');
  await made.varvelWith({ input: keys.two }, 'keys', 'add', 'two', '--stdin', '-p', 'two');
}

let folder = '';
beforeEach(async () => {
  await prepare(machine());
  folder = await mkdtemp(join(machine().root, 'export-'));
});
const at = (name: string) => join(folder, name);
const window = (): Promise<Served> => serve({ env: machine().env });
const to = (file: string, more: object = {}) => ({
  profile: 'one',
  file,
  format: null,
  variable: null,
  ...more,
});

test('the preview shows what changes among the lines around it, and nothing is written', async () => {
  const before = `# mine\nDATABASE_URL=postgres://me:hunter2hunter2@db/x\nFAL_KEY=${keys.two}\nMODE=test`;
  writeFileSync(at('.env'), before);
  await using here = await window();
  expect(await here.call('exports.plan', to(at('.env')))).toEqual({
    ok: {
      change: {
        path: at('.env'),
        exists: true,
        lines: [
          { kind: 'same', text: '# mine' },
          { kind: 'same', text: 'DATABASE_URL=…' },
          { kind: 'removed', text: `FAL_KEY=${idOf(keys.two)}:…` },
          { kind: 'added', text: `FAL_KEY=${idOf(keys.one)}:…` },
          { kind: 'same', text: 'MODE=…' },
        ],
      },
      format: 'dotenv',
      variable: 'FAL_KEY',
      warnings: [],
      tracked: false,
    },
  });
  expect(readFileSync(at('.env'), 'utf8')).toBe(before);
  expect(await here.call('exports.list')).toEqual({ ok: [] });
});

test('what is written is what was shown, is listed, and can be taken back to the byte', async () => {
  const before = 'A=1\r\nB=2';
  writeFileSync(at('real'), before);
  symlinkSync(at('real'), at('.env'));
  await using here = await window();
  const events = await listen(here);
  expect(await here.call('exports.write', to(at('.env'), { force: false }))).toEqual({
    ok: { path: at('real'), variable: 'FAL_KEY', written: true },
  });
  await events.next(changed('exports'));
  events.close();
  expect(readFileSync(at('real'), 'utf8')).toBe(`${before}\r\nFAL_KEY=${keys.one}`);
  expect(lstatSync(at('.env')).isSymbolicLink()).toBe(true);
  expect(await here.call('exports.list')).toEqual({
    ok: [
      {
        path: at('real'),
        variable: 'FAL_KEY',
        profile: 'one',
        keyId: idOf(keys.one),
        state: 'fresh',
        at: expect.any(Number),
        undoable: true,
        format: 'dotenv',
      },
    ],
  });
  await here.call('profiles.change', { name: 'one', change: { keyId: idOf(keys.two) } });
  expect(await here.call('exports.list')).toMatchObject({ ok: [{ state: 'stale' }] });
  expect(await here.call('exports.undo', { path: at('.env'), variable: null })).toEqual({
    ok: { path: at('real'), removed: false },
  });
  expect(readFileSync(at('real'), 'utf8')).toBe(before);
  expect(await here.call('exports.list')).toEqual({ ok: [] });
});

test('the command line and the window take back what the other has written', async () => {
  await using here = await window();
  await here.call('exports.write', to(at('.env'), { force: false }));
  expect(await machine().varvel('export', '--undo', at('.env'))).toMatchObject({ code: 0 });
  expect(await readdir(folder)).toEqual([]);
  await machine().varvel('export', at('.env'), '-p', 'two', '--yes');
  expect(await here.call('exports.list')).toMatchObject({ ok: [{ profile: 'two', state: 'fresh' }] });
  writeFileSync(at('.env'), 'FAL_KEY=another\n');
  expect(await here.call('exports.list')).toMatchObject({ ok: [{ profile: 'two', state: 'gone' }] });
  expect(await here.call('exports.undo', { path: at('.env'), variable: null })).toMatchObject({
    error: { code: 'conflict' },
  });
  expect(readFileSync(at('.env'), 'utf8')).toBe('FAL_KEY=another\n');
});

const several = (file: string) => ({
  file,
  format: null,
  profiles: [
    { profile: 'one', variable: 'FAL_KEY_ONE' },
    { profile: 'two', variable: 'FAL_KEY_TWO' },
  ],
});

test('several profiles go into one file, and one undo takes them out again', async () => {
  const before = 'PORT=3000\n';
  writeFileSync(at('.env'), before);
  await using here = await window();
  const planned = await here.call('exports.planAll', several(at('.env')));
  expect(planned).toMatchObject({ ok: { format: 'dotenv', tracked: false } });
  expect(JSON.stringify(planned)).toMatch(/FAL_KEY_ONE=.*FAL_KEY_TWO=/);
  for (const key of [keys.one, keys.two]) expect(JSON.stringify(planned)).not.toContain(key.split(':')[1]);
  expect(await here.call('exports.writeAll', { ...several(at('.env')), force: false })).toEqual({
    ok: { path: at('.env'), changed: ['FAL_KEY_ONE', 'FAL_KEY_TWO'] },
  });
  expect(readFileSync(at('.env'), 'utf8')).toBe(
    `${before}FAL_KEY_ONE=${keys.one}\nFAL_KEY_TWO=${keys.two}\n`,
  );
  expect(await here.call('exports.list')).toMatchObject({
    ok: [
      { variable: 'FAL_KEY_ONE', profile: 'one', state: 'fresh', undoable: true },
      { variable: 'FAL_KEY_TWO', profile: 'two', state: 'fresh', undoable: true },
    ],
  });
  expect(await here.call('exports.writeAll', { ...several(at('.env')), force: false })).toMatchObject({
    ok: { changed: [] },
  });
  const variables = ['FAL_KEY_ONE', 'FAL_KEY_TWO'];
  expect(await here.call('exports.undoAll', { path: at('.env'), variables })).toEqual({
    ok: { path: at('.env'), removed: false },
  });
  expect(readFileSync(at('.env'), 'utf8')).toBe(before);
  expect(await here.call('exports.list')).toEqual({ ok: [] });
});

test('a file made for several profiles is deleted by the last undo, in any order', async () => {
  await using here = await window();
  await here.call('exports.writeAll', { ...several(at('.env')), force: false });
  await here.call('exports.undo', { path: at('.env'), variable: 'FAL_KEY_ONE' });
  expect(readFileSync(at('.env'), 'utf8')).toBe(`FAL_KEY_TWO=${keys.two}\n`);
  expect(await here.call('exports.undo', { path: at('.env'), variable: 'FAL_KEY_TWO' })).toMatchObject({
    ok: { removed: true },
  });
  await here.call('exports.writeAll', { ...several(at('new.json')), force: false });
  expect(JSON.parse(readFileSync(at('new.json'), 'utf8'))).toEqual({
    FAL_KEY_ONE: keys.one,
    FAL_KEY_TWO: keys.two,
  });
});

test('several profiles are refused together, and nothing is written', async () => {
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  writeFileSync(at('.env'), 'PORT=3000\n');
  execFileSync('git', ['add', '.env'], { cwd: folder });
  await using here = await window();
  expect(await here.call('exports.planAll', several(at('.env')))).toMatchObject({ ok: { tracked: true } });
  expect(await here.call('exports.writeAll', { ...several(at('.env')), force: false })).toMatchObject({
    error: { code: 'conflict' },
  });
  writeFileSync(at('broken.json'), '{"A": ');
  const twice = several(at('twice.env'));
  const one = {
    ...twice,
    profiles: twice.profiles.map(({ profile }) => ({ profile, variable: 'FAL_KEY_X' })),
  };
  for (const input of [several(at('broken.json')), one]) {
    expect(await here.call('exports.planAll', input)).toMatchObject({ error: { code: 'invalid' } });
    expect(await here.call('exports.writeAll', { ...input, force: true })).toMatchObject({
      error: { code: 'invalid' },
    });
  }
  expect(readFileSync(at('.env'), 'utf8')).toBe('PORT=3000\n');
  expect(readFileSync(at('broken.json'), 'utf8')).toBe('{"A": ');
  expect(existsSync(at('twice.env'))).toBe(false);
  expect(await here.call('exports.list')).toEqual({ ok: [] });
});

test('a path may begin with ~; a relative one is refused with what to do', async () => {
  const { HOME: home = '' } = machine().env;
  await using here = await window();
  expect(await here.call('exports.plan', to('~/.env'))).toMatchObject({
    ok: { change: { path: join(home, '.env'), exists: false, lines: [{ kind: 'added' }] } },
  });
  for (const file of ['.env', './.env', 'sub/.env', '~ada/.env', '']) {
    const answer = await here.call('exports.plan', to(file));
    expect(answer, file).toMatchObject({ error: { code: file === '' ? 'invalid' : 'usage' } });
  }
  expect(await here.call('exports.write', to('sub/.env', { force: true }))).toMatchObject({
    error: { code: 'usage', hint: { action: 'advice', text: expect.stringContaining('~/') } },
  });
  expect(existsSync('sub')).toBe(false);
});

test('git: a warning where it would take the file, a refusal where it has it, unless it is forced', async () => {
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args], { stdio: 'ignore' });
  git('init', '-q');
  writeFileSync(at('.env'), 'A=1\n');
  await using here = await window();
  expect(await here.call('exports.plan', to(at('.env')))).toMatchObject({
    ok: { tracked: false, warnings: [expect.stringContaining('.gitignore')] },
  });
  git('add', '.env');
  expect(await here.call('exports.plan', to(at('.env')))).toMatchObject({
    ok: { tracked: true, warnings: [] },
  });
  expect(await here.call('exports.write', to(at('.env'), { force: false }))).toMatchObject({
    error: { code: 'conflict' },
  });
  expect(readFileSync(at('.env'), 'utf8')).toBe('A=1\n');
  expect(await here.call('exports.write', to(at('.env'), { force: true }))).toMatchObject({
    ok: { written: true },
  });
});

test('what a format can’t carry, what is no file, and who has no key are each said, and nothing is made', async () => {
  await machine().varvel('profiles', 'create', 'bare');
  writeFileSync(at('broken.json'), '{"A": ');
  writeFileSync(at('binary'), 'A=1\0');
  await using here = await window();
  for (const [input, code] of [
    [to(at('.env'), { profile: 'bare' }), 'not_found'],
    [to(at('.env'), { profile: 'nobody' }), 'not_found'],
    [to(at('.env'), { variable: 'NOT A NAME' }), 'invalid'],
    [to(at('.env'), { format: 'github', variable: 'GITHUB_TOKEN' }), 'invalid'],
    [to(at('broken.json')), 'invalid'],
    [to(at('binary')), 'invalid'],
    [to(folder), 'invalid'],
    [to(at('no/such/folder/.env')), 'not_found'],
    [to('/dev/null'), 'invalid'],
  ] as const) {
    expect(await here.call('exports.plan', input), JSON.stringify(input)).toMatchObject({ error: { code } });
    expect(await here.call('exports.write', { ...input, force: true })).toMatchObject({ error: { code } });
  }
  expect((await readdir(folder)).sort()).toEqual(['binary', 'broken.json']);
});

test('a variable that is set twice, and a host that stays behind, are warned of', async () => {
  writeFileSync(at('.env'), 'FAL_KEY=a\nFAL_KEY=b\nFAL_HOST=fal.example\n');
  await using here = await window();
  const answer = await here.call('exports.plan', to(at('.env')));
  expect(answer).toMatchObject({
    ok: { warnings: [expect.stringContaining('more than once'), expect.stringContaining('FAL_HOST')] },
  });
});

test('a file of GitHub’s, whose delimiter is another each time, can be taken back', async () => {
  writeFileSync(at('github-env'), 'A=1\n');
  await using here = await window();
  await here.call('exports.write', to(at('github-env'), { format: 'github', force: false }));
  expect(readFileSync(at('github-env'), 'utf8')).toContain(keys.one);
  expect(await here.call('exports.undo', { path: at('github-env'), variable: null })).toMatchObject({
    ok: { removed: false },
  });
  expect(readFileSync(at('github-env'), 'utf8')).toBe('A=1\n');
});
