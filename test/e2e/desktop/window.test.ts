import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { call, newDesk, soon } from './desk.ts';

const { machine, open } = newDesk();

test('the window opens with the program’s page in it, in the middle of the display', async () => {
  const desktop = open();
  const page = await desktop.page();
  await expect.poll(() => page.locator('#root > *').count(), soon).toBeGreaterThan(0);
  await expect.poll(async () => (await desktop.do.windows())[0]?.visible, soon).toBe(true);
  expect(await desktop.do.windows()).toMatchObject([
    {
      url: 'varvel://app/',
      title: 'Varvel',
      bounds: { x: 370, y: 160, width: 1180, height: 760 },
      preferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
      },
    },
  ]);
  expect(desktop.stderr()).toBe('');
});

test('the window is where it was, also when the program was quit at once', async () => {
  const bounds = { x: 40, y: 60, width: 1000, height: 700 };
  const first = open();
  await first.page();
  await first.do.move(bounds);
  await first.do.quit();
  expect(await first.ended).toMatchObject({ code: 0 });
  const file = join(machine().home, 'window', 'window.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ bounds: { ...bounds, maximized: false } });
  expect(statSync(file).mode & 0o077).toBe(0);

  const second = open();
  await second.page();
  expect((await second.do.windows())[0]?.bounds).toEqual(bounds);
  await second.do.quit();
  await second.ended;

  // the display it was on is gone
  const third = open({ env: { STAND_IN_DISPLAYS: JSON.stringify([[3000, 0, 1280, 800]]) } });
  await third.page();
  expect((await third.do.windows())[0]?.bounds).toEqual({ x: 3140, y: 50, width: 1000, height: 700 });
});

test('a page can’t change the window’s title', async () => {
  const desktop = open();
  const page = await desktop.page();
  await page.evaluate(() => {
    document.title = 'key_id:key_secret';
  });
  await page.reload();
  await page.waitForLoadState('load');
  expect((await desktop.do.windows())[0]?.title).toBe('Varvel');
});

test('the window’s ground and the page follow the system’s theme', async () => {
  const desktop = open();
  const page = await desktop.page();
  expect((await desktop.do.windows())[0]?.color).toBe('#f7f4ed');
  await desktop.do.setSystemTheme('dark');
  expect((await desktop.do.windows())[0]?.color).toBe('#161410');
  await expect
    .poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches), soon)
    .toBe(true);
  expect((await desktop.do.trayLook()).image).toMatch(/on-dark\.png$/);
});

test('a theme that was chosen holds from the window’s first paint on', async () => {
  const first = open();
  await call(first, 'settings.change', { theme: 'dark' });
  await expect.poll(async () => (await first.do.windows())[0]?.color, soon).toBe('#161410');
  await first.do.quit();
  await first.ended;
  const second = open();
  await second.page();
  expect((await second.do.windows())[0]?.firstColor).toBe('#161410');
});

test('a second start brings the window of the first back, and ends', async () => {
  const first = open();
  await first.page();
  await first.do.closeWindow();
  expect(await first.do.windows()).toEqual([]);
  const second = open();
  expect(await second.ended).toMatchObject({ code: 0, stderr: '' });
  await expect.poll(async () => (await first.do.windows()).length, soon).toBe(1);
  await first.do.minimize();
  expect(await open().ended).toMatchObject({ code: 0 });
  await expect.poll(async () => (await first.do.windows())[0]?.visible, soon).toBe(true);
});

test('closing the window leaves the tray, which opens it again and quits', async () => {
  const desktop = open();
  await desktop.page();
  await desktop.do.closeWindow();
  await expect.poll(async () => (await desktop.do.trayMenu()).at(-1)?.label, soon).toBe('Quit Varvel');
  expect(desktop.process.exitCode).toBe(null);
  const told = async () => (await desktop.do.done()).notifications.map(({ title }) => title);
  await expect.poll(told, soon).toEqual(['Varvel goes on in the tray']);
  await desktop.do.trayClick('Open Varvel');
  expect(await desktop.do.windows()).toHaveLength(1);
  await desktop.page();
  // once is enough
  await desktop.do.closeWindow();
  await desktop.do.trayClick('Open Varvel');
  await desktop.page();
  expect(await told()).toHaveLength(1);
  await desktop.do.trayClick('Quit Varvel');
  expect(await desktop.ended).toMatchObject({ code: 0 });
});

test('where no panel shows a tray, closing the window quits', async () => {
  const desktop = open({ tray: false });
  await desktop.page();
  await desktop.do.closeWindow();
  expect(await desktop.ended).toMatchObject({ code: 0 });
});

test('a window that is opened while it is asked whether a tray is shown stays', async () => {
  const desktop = open({ tray: false });
  await desktop.page();
  const asked = join(machine().root, 'asked');
  writeFileSync(
    join(machine().root, 'without-tray', 'gdbus'),
    `#!/bin/sh\ntouch '${asked}'; sleep 1; echo '(false,)'; touch '${asked}.answered'\n`,
  );
  await desktop.do.closeWindow();
  await expect.poll(() => existsSync(asked), soon).toBe(true);
  await desktop.do.activate();
  await expect.poll(async () => (await desktop.do.windows()).length, soon).toBe(1);
  await expect.poll(() => existsSync(`${asked}.answered`), soon).toBe(true);
  expect(await call(desktop, 'settings.read', null)).toHaveProperty('ok');
});

test('a page that has crashed is loaded again, and a person is asked when that didn’t last', async () => {
  const desktop = open();
  await desktop.page();
  const starts = async () =>
    (await desktop.do.done()).ipc.filter(
      ({ direction, text }) => direction === 'in' && text.includes('"app.start"'),
    ).length;
  const asked = async () =>
    (await desktop.do.done()).calls.filter(({ name }) => name === 'dialog.showMessageBox').length;
  await expect.poll(starts, soon).toBe(1);
  await desktop.do.crashPage();
  await expect.poll(starts, soon).toBe(2);
  expect(await asked()).toBe(0);
  await desktop.do.crashPage();
  await expect.poll(starts, soon).toBe(3);
  expect(await asked()).toBe(1);
});

test('it goes on when the terminal that it was started from is gone', async () => {
  const desktop = open();
  await desktop.page();
  desktop.process.stderr?.destroy();
  desktop.process.stdout?.destroy();
  await desktop.do.crashPage();
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await call(desktop, 'settings.read', null)).toHaveProperty('ok');
  await desktop.do.quit();
  expect(await desktop.ended).toMatchObject({ code: 0 });
});

test('a system that is shut down is not held up', async () => {
  const desktop = open();
  await desktop.page();
  await desktop.do.shutDown();
  expect(await desktop.ended).toMatchObject({ code: 0, stderr: '' });
});

test('a start at login shows the tray and no window', async () => {
  const desktop = open({ args: ['--in-tray'] });
  await expect.poll(async () => (await desktop.do.trayMenu()).length, soon).toBeGreaterThan(0);
  expect(await desktop.do.windows()).toEqual([]);
  await desktop.do.trayClick('Open Varvel');
  await desktop.page();
});

test('a home that can’t be is said, with what to do, and the program ends', async () => {
  const desktop = open({ env: { VARVEL_HOME: '/dev/null' } });
  const { code, stderr } = await desktop.ended;
  expect(code).toBe(1);
  expect(stderr).toContain('Varvel can’t start');
  expect(stderr).toContain('Set VARVEL_HOME to a folder');
});

test('an environment that isn’t there is said, with what to do', async () => {
  const desktop = open({ env: { VARVEL_ENVIRONMENT: '/nowhere/environment.json' } });
  const { code, stderr } = await desktop.ended;
  expect(code).toBe(1);
  expect(stderr).toContain('hint:');
});

test('the menu’s keys ask the window, also one that is closed', async () => {
  const desktop = open();
  await desktop.page();
  const traffic = async () => (await desktop.do.done()).ipc.map(({ text }) => text);
  await expect.poll(async () => (await traffic()).join('\n'), soon).toContain('"desktop"');
  const sent = async () =>
    (await desktop.do.done()).ipc.filter(
      ({ text }) => text.startsWith('varvel:event') && text.includes('"command"'),
    );
  for (const keys of ['CmdOrCtrl+K', 'CmdOrCtrl+P', 'CmdOrCtrl+N', 'CmdOrCtrl+,'])
    await desktop.do.press(keys);
  const commands = (await sent()).map(({ text }) => /palette|switcher|new-key|settings/.exec(text)?.[0]);
  expect(commands).toEqual(['palette', 'switcher', 'new-key', 'settings']);
  await desktop.do.closeWindow();
  await desktop.do.menuClick('File', 'Settings…');
  await desktop.page();
  await expect.poll(async () => (await sent()).length, soon).toBe(5);
});

test('start at login is an entry of the desktop’s when the program is installed, and not offered in a checkout', async () => {
  const config = join(machine().root, 'config');
  const desktop = open({
    env: { STAND_IN_PACKAGED: '1', XDG_CONFIG_HOME: config, APPIMAGE: '/opt/Varvel 1.AppImage' },
  });
  await desktop.page();
  expect(await call(desktop, 'settings.read', null)).toMatchObject({ ok: { startAtLogin: false } });
  expect(await call(desktop, 'settings.change', { startAtLogin: true })).toMatchObject({
    ok: { startAtLogin: true },
  });
  expect(readFileSync(join(config, 'autostart', 'varvel.desktop'), 'utf8')).toContain(
    'Exec="/opt/Varvel 1.AppImage" "--in-tray"',
  );
  expect(await call(desktop, 'settings.change', { startAtLogin: false })).toMatchObject({
    ok: { startAtLogin: false },
  });
  await desktop.do.quit();
  await desktop.ended;
  const checkout = open();
  expect(await call(checkout, 'settings.read', null)).toMatchObject({ ok: { startAtLogin: null } });
});
