import { existsSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../platform/temporary-folder.ts';
import { type Desk, openDesk, secretOf } from './desk.ts';

/** Changes the usual file more often than changes of it are kept. */
async function changeOften(desk: Desk): Promise<void> {
  const profiles = ['a', 'b', 'c'].map((name) => desk.profile(name));
  for (let index = 0; index < 55; index += 1) {
    const profile = profiles[index % 3];
    if (profile) await desk.falcli.apply(profile, index % 2 === 0);
  }
}

test('a file that was moved and written once is still looked at, and undone, after many changes of the usual one', async () => {
  using folder = temporaryFolder();
  using desk = openDesk(folder.path);
  const moved = join(folder.path, 'moved.toml');
  writeFileSync(moved, '# mine\n');
  await desk.at(moved).apply(desk.profile('rare'), true);
  await changeOften(desk);
  expect(await desk.files()).toEqual([desk.path, moved]);
  while (desk.falcli.known().undoable) await desk.falcli.undo();
  expect(readFileSync(moved, 'utf8')).toBe('# mine\n');
  expect([...desk.secrets.entries.keys()].filter((name) => name.startsWith('falcli/undo'))).toEqual([]);
});

test('so it is when an older Varvel wrote it, whose list doesn’t name the files', async () => {
  using folder = temporaryFolder();
  using desk = openDesk(folder.path);
  const moved = join(folder.path, 'moved.toml');
  await desk.at(moved).apply(desk.profile('rare'), true);
  const list: { path?: string }[] = JSON.parse(desk.state.settings.get('falcli_undo') ?? '');
  for (const entry of list) delete entry.path;
  desk.state.settings.set('falcli_undo', JSON.stringify(list));
  await changeOften(desk);
  expect(await desk.files()).toEqual([desk.path, moved]);
});

test('of many moved files, those without a key are forgotten, and those with one or out of reach are not', async () => {
  using folder = temporaryFolder();
  using desk = openDesk(folder.path);
  const [away, withKey] = [join(folder.path, 'usb/config.toml'), join(folder.path, 'with-key.toml')];
  const rare = desk.profile('rare');
  mkdirSync(join(folder.path, 'usb'));
  for (const path of [away, withKey]) await desk.at(path).apply(rare, true);
  renameSync(join(folder.path, 'usb'), join(folder.path, 'elsewhere'));
  for (let n = 0; n < 60; n += 1) await desk.at(join(folder.path, `${n}.toml`)).apply(rare, false);
  const files = await desk.files();
  expect(files).toEqual(expect.arrayContaining([away, withKey, join(folder.path, '59.toml')]));
  expect(files).not.toContain(join(folder.path, '0.toml'));
});

test('however many files have a key, none is forgotten', async () => {
  using folder = temporaryFolder();
  using desk = openDesk(folder.path);
  const rare = desk.profile('rare');
  const paths = Array.from({ length: 53 }, (_, n) => join(folder.path, `${n}.toml`));
  for (const path of paths) await desk.at(path).apply(rare, true);
  expect(await desk.files()).toEqual(expect.arrayContaining(paths));
});

test('undo stops where the file’s disk may not be mounted, and undoes the change once it is', async () => {
  using folder = temporaryFolder();
  using desk = openDesk(folder.path);
  const [disk, away] = [join(folder.path, 'usb'), join(folder.path, 'elsewhere')];
  mkdirSync(disk);
  const target = join(disk, 'config.toml');
  writeFileSync(target, '# mine\n');
  symlinkSync(target, join(folder.path, 'link.toml'));
  for (const path of [target, join(folder.path, 'link.toml')]) {
    const moved = desk.at(path);
    await moved.apply(desk.profile('studio'), true);
    renameSync(disk, away);
    mkdirSync(disk);
    for (const attempt of [moved.undo, moved.planUndo])
      await expect(attempt()).rejects.toMatchObject({
        code: 'not_found',
        message: expect.stringContaining('its folder is empty'),
      });
    expect(existsSync(target)).toBe(false);
    renameSync(disk, join(folder.path, `empty-${Math.random()}`));
    await expect(moved.undo()).rejects.toMatchObject({ code: 'not_found' });
    renameSync(away, disk);
    expect(readFileSync(target, 'utf8')).toContain(secretOf('studio'));
    expect(await moved.undo()).toMatchObject({ left: [] });
    expect(readFileSync(target, 'utf8')).toBe('# mine\n');
  }
});
