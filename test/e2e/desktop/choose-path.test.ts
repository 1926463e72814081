import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Desktop } from '../../electron/launch.ts';
import { giveTo, person } from '../../electron/person.ts';
import { call, newDesk, shownPage } from './desk.ts';
import { cancelPathDialog, typePath } from './path-dialog.ts';

const desk = newDesk();
const { machine, open } = desk;

const choose = (desktop: Desktop, kind: string) => call(desktop, 'app.choosePath', { kind });

test('a path is chosen in the system’s own dialog; closing it chooses nothing', async () => {
  const desktop = open();
  await shownPage(desktop);
  const folder = join(machine().root, 'home', 'shop');
  mkdirSync(folder);
  giveTo(person, folder);
  const file = join(folder, '.env');

  const toWrite = choose(desktop, 'file_to_write');
  await typePath(desk, file);
  expect(await toWrite).toEqual({ ok: { path: file } });

  desk.write(file, 'A=1\n');
  const toRead = choose(desktop, 'file_to_read');
  await typePath(desk, file);
  expect(await toRead).toEqual({ ok: { path: file } });

  const aFolder = choose(desktop, 'folder');
  await typePath(desk, folder);
  expect(await aFolder).toEqual({ ok: { path: folder } });

  for (const kind of ['file_to_write', 'folder']) {
    const closed = choose(desktop, kind);
    await cancelPathDialog(desk);
    expect(await closed).toEqual({ ok: { path: null } });
  }
  expect(await choose(desktop, 'anything')).toMatchObject({ error: { code: 'invalid' } });
});
