import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  activeWindow,
  call,
  chooseInTray,
  newDesk,
  press,
  shownPage,
  soon,
  trayLabels,
  windows,
} from './desk.ts';

const desk = newDesk();
const { open } = desk;

test('the first start shows the window with its content, in the middle of the display', async () => {
  const desktop = open();
  const page = await shownPage(desktop);
  await expect.poll(async () => (await windows(desktop))[0]?.visible, soon).toBe(true);
  const [window] = await windows(desktop);
  expect(window).toMatchObject({ url: 'varvel://app/', title: 'Varvel' });
  const { x = 0, y = 0, width = 0, height = 0 } = window?.bounds ?? {};
  expect({ width, height }).toEqual({ width: 1180, height: 760 });
  // the window manager and the panel take their share
  expect(Math.abs(x + width / 2 - 960)).toBeLessThan(20);
  expect(Math.abs(y + height / 2 - 540)).toBeLessThan(40);
  await page.getByRole('button', { name: 'Sign in with GitHub' }).waitFor();
  expect(desktop.said()).toBe('');
  const { said } = await desktop.seen();
  expect(said.filter((line) => /^(error|warning)/.test(line))).toEqual([]);
});

test('a second start brings the window of the first back, and ends', async () => {
  const first = open();
  await shownPage(first);
  await first.main(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(() => windows(first), soon).toEqual([]);
  expect(await open().ended).toMatchObject({ code: 0 });
  await expect.poll(async () => (await windows(first)).length, soon).toBe(1);
  await shownPage(first);
  await first.main(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  await expect.poll(async () => (await windows(first))[0]?.visible, soon).toBe(false);
  expect(await open().ended).toMatchObject({ code: 0 });
  await expect.poll(async () => (await windows(first))[0]?.visible, soon).toBe(true);
});

test('a second start with another environment, vault or profile is told that the first keeps its own', async () => {
  const first = open();
  const page = await shownPage(first);
  const second = open({ env: { VARVEL_ENVIRONMENT: 'fal' } });
  expect(await second.ended).toMatchObject({ code: 0 });
  expect(second.said()).toBe(
    'varvel: Varvel is already running. It keeps its environment, vault and profile.',
  );
  await page.getByText('It ignored environment “fal”.').waitFor(soon);

  // without a window it is a notification, in which a name is no markup
  await first.main(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(() => windows(first), soon).toEqual([]);
  await desk.session().notifications.forget();
  expect(await open({ env: { VARVEL_PROFILE: '<b>A&B</b>' } }).ended).toMatchObject({ code: 0 });
  await expect
    .poll(() => desk.session().notifications.shown(), soon)
    .toContainEqual({
      title: 'Varvel',
      body: expect.stringContaining('profile “&lt;b&gt;A&amp;B&lt;/b&gt;”'),
    });
  await shownPage(first);
});

test('a start at login shows the tray and no window', async () => {
  const desktop = open({ args: ['--in-tray'] });
  await expect.poll(() => trayLabels(desk, desktop), soon).toContain('Open Varvel');
  expect(await windows(desktop)).toEqual([]);
  await chooseInTray(desk, desktop, 'Open Varvel');
  await shownPage(desktop);
});

test('without a session bus it starts, and closing the window ends it', async () => {
  const desktop = open({ env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' } });
  await shownPage(desktop);
  expect(await call(desktop, 'settings.read', null)).toHaveProperty('ok');
  await desktop.main(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  expect(await desktop.ended).toMatchObject({ code: 0 });
});

test('without a graphics card it starts', async () => {
  const desktop = open({ args: ['--disable-gpu'] });
  await shownPage(desktop);
  const features = await desktop.main(({ app }) => app.getGPUFeatureStatus());
  expect(features.gpu_compositing).toMatch(/^disabled/);
});

test('Chromium’s sandbox holds the page in', async () => {
  const desktop = open();
  await shownPage(desktop);
  expect(await desktop.main(({ app }) => app.commandLine.hasSwitch('no-sandbox'))).toBe(false);
  const pid = await desktop.main(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  );
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  // system calls are filtered, nothing can be gained, and it lives in a namespace of its own
  expect(status).toMatch(/^Seccomp:\t2$/m);
  expect(status).toMatch(/^NoNewPrivs:\t1$/m);
  expect(status).toMatch(/^NSpid:\t\d+\t\d+/m);
  const [preferences] = await desktop.main(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      const read = Reflect.get(webContents, 'getLastWebPreferences');
      return typeof read === 'function' ? read.call(webContents) : null;
    }),
  );
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
});

test.each([
  ['without that sandbox', { args: ['--no-sandbox'] }, 'Install the Debian package'],
  ['with a home that can’t be', { env: { VARVEL_HOME: '/dev/null' } }, 'Set VARVEL_HOME to a folder'],
  [
    'with an environment that isn’t there',
    { env: { VARVEL_ENVIRONMENT: '/nowhere/environment.json' } },
    'Unset VARVEL_ENVIRONMENT to use fal',
  ],
])('%s it doesn’t start, and says why in the terminal and in a dialog', async (_what, options, hint) => {
  const desktop = open(options);
  await expect.poll(() => activeWindow(desk), soon).toBe('Error');
  expect(desktop.said()).toMatch(/^varvel: /m);
  expect(desktop.said()).toContain(`hint: ${hint}`);
  await press(desk, 'Return');
  expect(await desktop.ended).toMatchObject({ code: 1 });
});

test('start at login is not offered by a program that isn’t installed', async () => {
  const desktop = open();
  expect(await call(desktop, 'settings.read', null)).toMatchObject({ ok: { startAtLogin: null } });
});
