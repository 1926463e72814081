import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { newMachine } from '../cli/machine.ts';
import { keyOf } from '../sandbox/running.ts';
import { listen } from '../web/listener.ts';
import { type Served, serve } from '../web/served.ts';

const machine = newMachine({ vault: 'file' });
const keys = { one: '', two: '' };
const idOf = (key: string): string => key.split(':')[0] ?? '';
const secretOf = (key: string): string => key.split(':')[1] ?? '';

/** The vault takes its time to open. */

let path = '';
beforeEach(async () => {
  path = join(machine().root, 'fal', 'config.toml');
  keys.one = (await keyOf(machine().sandbox, 'falconers', 'API')).key;
  keys.two = (await keyOf(machine().sandbox, 'falconers', 'ADMIN')).key;
  await machine().varvelWith({ input: keys.one }, 'keys', 'add', 'one', '--stdin', '-p', 'one');
  await machine().varvelWith({ input: keys.two }, 'keys', 'add', 'two', '--stdin', '-p', 'two');
  mkdirSync(join(machine().root, 'fal'));
});
const window = (): Promise<Served> => serve({ env: { ...machine().env, FAL_CONFIG_PATH: path } });
const write = (text: string) => writeFileSync(path, text);
const text = () => readFileSync(path, 'utf8');

test('what an apply would do is shown without a secret, and is what it then does; undo the same', async () => {
  const before = `# mine ${keys.two}\n[old]\nkey = "${keys.two}"\nhost = "fal.dev"\n\n[__internal__]\nprofile = "old"\n`;
  write(before);
  await using here = await window();
  const planned = await here.call('falcli.planApply', { profile: 'one', withKey: true });
  expect(planned).toEqual({
    ok: {
      git: 'none',
      change: {
        path,
        exists: true,
        lines: [
          { kind: 'left_out', count: 3 },
          { kind: 'same', text: 'host = "fal.dev"' },
          { kind: 'same', text: '' },
          { kind: 'same', text: '[__internal__]' },
          { kind: 'removed', text: 'profile = "old"' },
          { kind: 'added', text: 'profile = "one"' },
          { kind: 'added', text: '' },
          { kind: 'added', text: '[one]' },
          { kind: 'added', text: `key = "${idOf(keys.one)}:…"` },
        ],
      },
    },
  });
  expect(text()).toBe(before);
  expect(await here.call('falcli.status')).toMatchObject({ ok: { profile: 'old', undoable: false } });
  expect(await here.call('falcli.apply', { profile: 'one', withKey: true, force: false })).toMatchObject({
    ok: { path, written: true },
  });
  expect(text()).toContain(`[one]\nkey = "${keys.one}"`);
  const status = await here.call('falcli.status');
  expect(status).toMatchObject({
    ok: { profile: 'one', undoable: true, problem: null, inStep: 'off', exists: true },
  });
  const undo = await here.call('falcli.planUndo');
  expect(undo).toMatchObject({
    ok: {
      left: [],
      change: { lines: expect.arrayContaining([{ kind: 'added', text: 'profile = "old"' }]) },
    },
  });
  expect(text()).toContain('profile = "one"');
  for (const answer of [planned, status, undo]) {
    for (const key of [keys.one, keys.two]) expect(JSON.stringify(answer)).not.toContain(secretOf(key));
  }
  expect(await here.call('falcli.undo')).toEqual({ ok: { path, left: [], removed: false } });
  expect(text()).toBe(before);
  expect(await here.call('falcli.status')).toMatchObject({ ok: { undoable: false } });
  expect(await here.call('falcli.planUndo')).toMatchObject({ error: { code: 'not_found' } });
});

test('a file that we made is shown as gone, and goes', async () => {
  await using here = await window();
  expect(await here.call('falcli.planApply', { profile: 'one', withKey: false })).toMatchObject({
    ok: {
      git: null,
      change: { exists: false, lines: expect.arrayContaining([{ kind: 'added', text: 'profile = "one"' }]) },
    },
  });
  expect(existsSync(path)).toBe(false);
  await here.call('falcli.apply', { profile: 'one', withKey: false, force: false });
  const answer = await here.call('falcli.planUndo');
  expect(JSON.stringify(answer)).not.toContain('added');
  expect(answer).toMatchObject({ ok: { change: { exists: true, lines: [{}, {}, {}, {}, {}] } } });
  expect(await here.call('falcli.undo')).toMatchObject({ ok: { removed: true } });
  expect(existsSync(path)).toBe(false);
});

test('what another program has changed since stays, and is named before and after', async () => {
  write('[old]\n');
  await using here = await window();
  await here.call('falcli.apply', { profile: 'one', withKey: false, force: false });
  write(text().replace('profile = "one"', 'profile = "theirs"'));
  expect(await here.call('falcli.planUndo')).toMatchObject({ ok: { left: ['__internal__.profile'] } });
  expect(await here.call('falcli.undo')).toMatchObject({ ok: { left: ['__internal__.profile'] } });
});

test('a malformed file is a state that says why, and not an error', async () => {
  write(`[one\nkey = "${keys.one}"\n`);
  await using here = await window();
  const answer = await here.call('falcli.status');
  expect(answer).toMatchObject({
    ok: {
      path,
      exists: true,
      problem: { code: 'invalid', message: expect.stringContaining('line 1') },
      rows: [],
      profile: null,
      inStep: 'off',
    },
  });
  expect(JSON.stringify(answer)).not.toContain(secretOf(keys.one));
  for (const [method, input] of [
    ['falcli.planApply', { profile: 'one', withKey: false }],
    ['falcli.planImport', null],
    ['falcli.apply', { profile: 'one', withKey: false, force: false }],
  ] as const) {
    expect(await here.call(method, input), method).toMatchObject({ error: { code: 'invalid' } });
  }
});

test('an import says what it would do, without secrets, and does that', async () => {
  await machine().varvel('keys', 'forget', 'two', '--yes');
  write(
    `[new]\nkey = "${keys.two}"\n["odd name"]\nhost = "fal.dev"\n[one]\nkey = "other:secret"\n[bad]\nkey = "nokey"\n`,
  );
  await using here = await window();
  const planned = await here.call('falcli.planImport');
  expect(planned).toMatchObject({
    ok: [
      { name: 'new', keyId: idOf(keys.two), kind: 'new', as: 'new', note: null },
      { name: 'odd name', keyId: null, kind: 'name', proposal: 'odd-name' },
      { name: 'one', keyId: 'other', kind: 'conflict', reason: expect.any(String) },
      { name: 'bad', keyId: null, kind: 'unusable', reason: expect.any(String) },
    ],
  });
  expect(JSON.stringify(planned)).not.toContain(secretOf(keys.two));
  expect(await here.call('falcli.import', { rename: false })).toEqual({ ok: { imported: ['new'] } });
  expect(await here.call('falcli.import', { rename: true })).toEqual({ ok: { imported: ['odd-name'] } });
  expect(await here.call('profiles.read', { name: 'new' })).toMatchObject({
    ok: { keyId: idOf(keys.two) },
  });
});

test('kept in step, fal’s CLI follows when the current profile is renamed, changed or deleted', async () => {
  write('# mine\n');
  await using here = await window();
  const profileThere = () => text().match(/^profile = "(.*)"$/m)?.[1] ?? null;
  await here.call('falcli.setSync', { inStep: 'key', force: false });
  await here.call('profiles.switch', { name: 'one' });
  await expect.poll(profileThere).toBe('one');
  expect(text()).toContain(keys.one);
  await here.call('profiles.rename', { from: 'one', to: 'first' });
  await expect.poll(profileThere).toBe('first');
  await here.call('profiles.change', { name: 'first', change: { host: 'api.alpha.fal.ai' } });
  await expect.poll(text).toContain('host = "api.alpha.fal.ai"');
  await here.call('profiles.change', { name: 'first', change: { keyId: idOf(keys.two) } });
  await expect.poll(text).toContain(`[first]\nkey = "${keys.two}"`);
  // another profile than the current one is none of its business
  const before = text();
  await here.call('profiles.create', { name: 'other', change: {} });
  await here.call('profiles.change', { name: 'other', change: { host: 'other.fal.ai' } });
  await here.call('profiles.delete', { name: 'other' });
  expect(await here.call('falcli.status')).toMatchObject({ ok: { profile: 'first' } });
  expect(text()).toBe(before);
  await here.call('profiles.delete', { name: 'first' });
  await expect.poll(profileThere).toBe(null);
});

test('on the command line the same: the file is written by the time the command ends', async () => {
  const varvel = (...args: string[]) => machine().varvelWith({ env: { FAL_CONFIG_PATH: path } }, ...args);
  await varvel('switch', 'one');
  await varvel('falcli', 'apply', '--in-step');
  expect(await varvel('profiles', 'rename', 'one', 'first')).toMatchObject({
    code: 0,
    stderr: expect.any(String),
  });
  expect(text()).toContain('profile = "first"');
  expect(await varvel('profiles', 'set', 'first', 'host=api.alpha.fal.ai')).toMatchObject({ code: 0 });
  expect(text()).toContain('host = "api.alpha.fal.ai"');
  expect(await varvel('profiles', 'delete', 'first')).toMatchObject({ code: 0 });
  expect(text()).not.toMatch(/^profile =/m);
});

test('what goes wrong with following reaches the window as a notice', async () => {
  await using here = await window();
  const events = await listen(here);
  await here.call('falcli.setSync', { inStep: 'profile', force: false });
  write('[broken\n');
  await here.call('profiles.switch', { name: 'one' });
  expect(await here.call('profiles.list', { first: null })).toMatchObject({ ok: { current: 'one' } });
  expect(await events.next(({ event }) => event === 'notice')).toMatchObject({
    payload: { text: expect.stringMatching(/did not follow the switch.*not valid TOML/) },
  });
  events.close();
});
