import { join } from 'node:path';
import { expect, test } from 'vitest';
import { call, newDesk } from './desk.ts';

const { machine, open } = newDesk();

test('a path is chosen with the system’s dialog, over the window; closing it chooses nothing', async () => {
  const desktop = open();
  await desktop.page();
  const file = join(machine().root, '.env');
  await desktop.do.choosePath(file);
  expect(await call(desktop, 'app.choosePath', { kind: 'file_to_write' })).toEqual({ ok: { path: file } });
  expect(await call(desktop, 'app.choosePath', { kind: 'folder' })).toEqual({ ok: { path: file } });
  expect(await call(desktop, 'app.choosePath', { kind: 'file_to_read' })).toEqual({ ok: { path: file } });
  await desktop.do.choosePath(null);
  expect(await call(desktop, 'app.choosePath', { kind: 'file_to_write' })).toEqual({ ok: { path: null } });
  expect(await call(desktop, 'app.choosePath', { kind: 'folder' })).toEqual({ ok: { path: null } });
  const { calls } = await desktop.do.done();
  expect(calls.filter(({ name }) => name.startsWith('dialog.'))).toMatchObject([
    { name: 'dialog.showSaveDialog', args: [{ over: 'the window' }] },
    {
      name: 'dialog.showOpenDialog',
      args: [{ over: 'the window', properties: ['openDirectory', 'createDirectory'] }],
    },
    { name: 'dialog.showOpenDialog', args: [{ properties: ['openFile', 'showHiddenFiles'] }] },
    {},
    {},
  ]);
  expect(await call(desktop, 'app.choosePath', { kind: 'anything' })).toMatchObject({
    error: { code: 'invalid' },
  });
});
