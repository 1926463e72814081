import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { newMachine } from '../cli/machine.ts';
import { changed, listen } from '../web/listener.ts';
import { type Served, serve } from '../web/served.ts';

const machine = newMachine({ vault: 'file' });
const window = (): Promise<Served> => serve({ env: machine().env });

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(machine().root, 'pins-'));
  await machine().varvel('profiles', 'create', 'studio');
  await machine().varvel('profiles', 'create', 'client');
});
const pin = () => join(folder, '.varvel');

test('a folder that is pinned in the window is pinned for the command line, and the other way round', async () => {
  await using here = await window();
  const events = await listen(here);
  expect(await here.call('pins.add', { profile: 'studio', folder })).toEqual({ ok: { changed: true } });
  await events.next(changed('exports'));
  events.close();
  expect(readFileSync(pin(), 'utf8')).toBe('profile = "studio"\n');
  expect(await here.call('pins.list')).toEqual({ ok: [{ folder, profile: 'studio', state: 'pinned' }] });
  expect(await here.call('pins.add', { profile: 'studio', folder })).toEqual({ ok: { changed: false } });
  await machine().varvel('pin', 'client', folder);
  expect(await here.call('pins.list')).toEqual({ ok: [{ folder, profile: 'client', state: 'pinned' }] });
  expect(await machine().varvel('unpin', folder)).toMatchObject({ code: 0 });
  expect(await here.call('pins.list')).toEqual({ ok: [] });
});

test('each pinned folder is looked at: pinned, to another by somebody else, or pinned no more', async () => {
  const inside = (name: string) => join(folder, name);
  for (const name of ['kept', 'other', 'broken', 'gone', 'deleted']) {
    mkdirSync(inside(name));
    await machine().varvel('pin', 'studio', inside(name));
  }
  writeFileSync(join(inside('other'), '.varvel'), 'profile = "client"\n');
  writeFileSync(join(inside('broken'), '.varvel'), 'what is this?\n');
  rmSync(join(inside('gone'), '.varvel'));
  rmSync(inside('deleted'), { recursive: true });
  await using here = await window();
  const row = (name: string, state: string) => ({ folder: inside(name), profile: 'studio', state });
  expect(await here.call('pins.list')).toEqual({
    ok: [
      row('broken', 'other'),
      row('deleted', 'gone'),
      row('gone', 'gone'),
      row('kept', 'pinned'),
      row('other', 'other'),
    ],
  });
  // what is gone is forgotten, what is no pin of ours stays
  for (const name of ['gone', 'deleted', 'other', 'kept']) {
    expect(await here.call('pins.remove', { folder: inside(name) })).toEqual({ ok: null });
  }
  expect(await here.call('pins.remove', { folder: inside('broken') })).toMatchObject({
    error: { code: 'conflict' },
  });
  expect(await here.call('pins.list')).toEqual({ ok: [row('broken', 'other')] });
  expect(existsSync(join(inside('other'), '.varvel'))).toBe(false);
  expect(existsSync(join(inside('broken'), '.varvel'))).toBe(true);
});

test('an unpin that finds no file forgets the folder, too', async () => {
  await machine().varvel('pin', 'studio', folder);
  rmSync(pin());
  expect(await machine().varvel('unpin', folder)).toMatchObject({ code: 4 });
  await using here = await window();
  expect(await here.call('pins.list')).toEqual({ ok: [] });
});

test('a folder that isn’t there, a relative one and an unknown profile are refused, and nothing is made', async () => {
  await using here = await window();
  for (const [profile, place, code] of [
    ['studio', join(folder, 'no'), 'not_found'],
    ['studio', 'sub', 'usage'],
    ['nobody', folder, 'not_found'],
  ]) {
    expect(await here.call('pins.add', { profile, folder: place })).toMatchObject({ error: { code } });
  }
  expect(existsSync(pin())).toBe(false);
  expect(await here.call('pins.list')).toEqual({ ok: [] });
  const { HOME: home = '' } = machine().env;
  mkdirSync(join(home, 'work'));
  expect(await here.call('pins.add', { profile: 'studio', folder: '~/work' })).toMatchObject({ ok: {} });
  expect(await here.call('pins.list')).toMatchObject({ ok: [{ folder: join(home, 'work') }] });
});
