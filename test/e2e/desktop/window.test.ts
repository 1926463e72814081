import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Desktop } from '../../electron/launch.ts';
import { activeWindow, call, newDesk, press, shownPage, soon, trayIcon, windows } from './desk.ts';

const desk = newDesk();
const { machine, open, session } = desk;

const boundsOf = async (desktop: Desktop) => (await windows(desktop))[0]?.bounds;

test('the window is where it was, also when the program was ended at once', async () => {
  const bounds = { x: 40, y: 60, width: 1000, height: 700 };
  const first = open();
  await shownPage(first);
  await first.main(
    ({ BrowserWindow }, _probe, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to),
    bounds,
  );
  await expect.poll(() => boundsOf(first), soon).toMatchObject({ width: 1000, height: 700 });
  const moved = await boundsOf(first);
  first.process.kill('SIGTERM');
  expect(await first.ended).toMatchObject({ code: 0 });
  const file = join(machine().home, 'window', 'window.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ bounds: { ...moved, maximized: false } });
  expect(statSync(file).mode & 0o077).toBe(0);

  const second = open();
  await shownPage(second);
  const again = await boundsOf(second);
  expect(again).toMatchObject({ width: 1000, height: 700 });
  // a window manager may add its frame; it doesn't walk over the screen
  expect(Math.abs((again?.x ?? 0) - (moved?.x ?? 0))).toBeLessThan(10);
  expect(Math.abs((again?.y ?? 0) - (moved?.y ?? 0))).toBeLessThan(40);
});

test('a window on a display that has gone comes up where it can be seen', async () => {
  desk.write(
    join(machine().home, 'window', 'window.json'),
    JSON.stringify({ bounds: { x: 5000, y: 3000, width: 1000, height: 700, maximized: false } }),
  );
  const desktop = open();
  await shownPage(desktop);
  const { x = 0, y = 0, width, height } = (await boundsOf(desktop)) ?? {};
  expect({ width, height }).toEqual({ width: 1000, height: 700 });
  expect(x).toBeLessThan(920);
  expect(y).toBeLessThan(380);
});

test('a window that was maximized is maximized again', async () => {
  const first = open();
  await shownPage(first);
  await first.main(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.maximize());
  await expect.poll(async () => (await windows(first))[0]?.maximized, soon).toBe(true);
  first.process.kill('SIGTERM');
  await first.ended;
  const second = open();
  await shownPage(second);
  await expect.poll(async () => (await windows(second))[0]?.maximized, soon).toBe(true);
});

test('a page can’t change the window’s title', async () => {
  const desktop = open();
  const page = await shownPage(desktop);
  await page.evaluate(() => {
    document.title = 'key_id:key_secret';
  });
  await page.reload();
  await page.waitForLoadState('load');
  expect((await windows(desktop))[0]?.title).toBe('Varvel');
  expect(
    await session()
      .run('xdotool', 'search', '--name', 'key_secret')
      .catch(() => ''),
  ).toBe('');
});

test.each([
  { system: 'light', env: {}, color: '#f7f4ed' },
  { system: 'dark', env: { GTK_THEME: 'Adwaita:dark' }, color: '#161410' },
])('in a $system system the window is so from its first paint on', async ({ system, env, color }) => {
  const desktop = open({ env });
  const page = await shownPage(desktop);
  await expect.poll(async () => (await desktop.seen()).paints.length, soon).toBe(1);
  expect((await desktop.seen()).paints).toEqual([{ ground: color, corner: color }]);
  expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(
    system === 'dark',
  );
});

test('a theme that was chosen holds from the first paint on, in the tray’s icon too', async () => {
  const first = open();
  await shownPage(first);
  const light = await (await trayIcon(desk, first)).picture();
  expect(await call(first, 'settings.change', { theme: 'dark' })).toHaveProperty('ok');
  await expect.poll(async () => (await windows(first))[0]?.color, soon).toBe('#161410');
  await expect
    .poll(async () => (await (await trayIcon(desk, first)).picture()).equals(light), soon)
    .toBe(false);
  first.process.kill('SIGTERM');
  await first.ended;
  const second = open();
  await shownPage(second);
  await expect
    .poll(async () => (await second.seen()).paints, soon)
    .toEqual([{ ground: '#161410', corner: '#161410' }]);
});

test('a page that is killed is loaded again, and a person is asked when that didn’t last', async () => {
  const desktop = open();
  await shownPage(desktop);
  const starts = async () =>
    (await desktop.seen()).ipc.filter(
      ({ direction, text }) => direction === 'in' && text.includes('"app.start"'),
    ).length;
  const killPage = async () => {
    const pid = await desktop.main(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
    );
    process.kill(Number(pid), 'SIGKILL');
  };
  await expect.poll(starts, soon).toBe(1);
  await killPage();
  await expect.poll(starts, soon).toBe(2);
  expect(await activeWindow(desk)).toBe('Varvel');
  expect(desktop.said()).toContain('the window’s page crashed (killed) and is reloading');
  await killPage();
  await expect.poll(() => activeWindow(desk), soon).not.toBe('Varvel');
  expect(await starts()).toBe(2);
  await press(desk, 'Return');
  await expect.poll(starts, soon).toBe(3);
});

test('the menu’s keys ask the window, and one that is closed comes up for it', async () => {
  const desktop = open();
  const page = await shownPage(desktop);
  for (const [keys, shown] of [
    ['ctrl+k', page.getByRole('dialog', { name: /actions/i })],
    ['ctrl+n', page.getByRole('dialog')],
    ['ctrl+comma', page.getByRole('heading', { name: 'Settings' })],
  ] as const) {
    await press(desk, keys);
    await shown.first().waitFor({ timeout: soon.timeout });
    await press(desk, 'Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached', timeout: soon.timeout });
  }
  await desktop.main(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(() => windows(desktop), soon).toEqual([]);
  await desktop.main(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('settings')?.click());
  const again = await shownPage(desktop);
  await again.getByRole('heading', { name: 'Settings' }).waitFor({ timeout: soon.timeout });
});

test('a key of the menu’s does not sweep a dialog away in which something was typed', async () => {
  const desktop = open();
  const page = await shownPage(desktop);
  await page.getByRole('button', { name: 'Add key…' }).click();
  const dialog = page.getByRole('dialog');
  const field = dialog.getByRole('textbox').first();
  await field.fill('half typed');
  for (const keys of ['ctrl+k', 'ctrl+n', 'ctrl+comma', 'ctrl+p']) await press(desk, keys);
  await page.waitForTimeout(500);
  expect(await field.inputValue()).toBe('half typed');
});
