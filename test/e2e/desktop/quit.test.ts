import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Desktop } from '../../electron/launch.ts';
import { processesWith } from '../demo/demo.ts';
import { chooseInTray, newDesk, notified, press, shownPage, soon, trayLabels, windows } from './desk.ts';

const desk = newDesk();
const { machine, open, session } = desk;

const closeWindow = (desktop: Desktop) =>
  desktop.main(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

/** The processes that have this machine's home in their environment: also those that lost their parent. */
const left = () => processesWith(`VARVEL_HOME=${machine().home}\0`);

/** It ends with code 0, leaves nothing, and the next start opens. */
async function expectEnd(desktop: Desktop): Promise<void> {
  expect(await desktop.ended).toMatchObject({ code: 0, signal: null });
  expect(desktop.said()).toBe('');
  await expect.poll(left, soon).toEqual([]);
  const lock = join(machine().home, 'window', 'SingletonLock');
  expect(lstatSync(lock, { throwIfNoEntry: false })).toBe(undefined);
  const next = open();
  await shownPage(next);
  expect((await windows(next)).length).toBe(1);
}

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s ends it', async (signal) => {
  const desktop = open();
  await shownPage(desktop);
  desktop.process.kill(signal);
  await expectEnd(desktop);
});

test('a signal ends it while only the tray is there, too', async () => {
  const desktop = open({ args: ['--in-tray'] });
  await expect.poll(() => trayLabels(desk, desktop), soon).toContain('Quit Varvel');
  desktop.process.kill('SIGTERM');
  await expectEnd(desktop);
});

test('a signal while the page is still loading ends it, with no word of an error', async () => {
  const desktop = open();
  await expect.poll(() => desktop.main(({ app }) => app.isReady()), soon).toBe(true);
  await expect.poll(async () => (await windows(desktop)).length, soon).toBe(1);
  desktop.process.kill('SIGTERM');
  await expectEnd(desktop);
});

test('Quit in the menu ends it', async () => {
  const desktop = open();
  const page = await shownPage(desktop);
  await page.bringToFront();
  await press(desk, 'ctrl+q');
  await expectEnd(desktop);
});

test('Quit in the tray ends it', async () => {
  const desktop = open();
  await shownPage(desktop);
  await chooseInTray(desk, desktop, 'Quit Varvel');
  await expectEnd(desktop);
});

test('a system that shuts down is not held up', async () => {
  const desktop = open();
  await shownPage(desktop);
  // what logind's signal, or Windows' message, makes Electron tell; then the system ends its programs
  await desktop.main(({ powerMonitor }) => void powerMonitor.emit('shutdown'));
  desktop.process.kill('SIGTERM');
  await expectEnd(desktop);
});

test('closing the window leaves the tray, which opens it again', async () => {
  const desktop = open();
  await shownPage(desktop);
  await closeWindow(desktop);
  await expect.poll(() => notified(desk), soon).toEqual(['Varvel is still running']);
  expect(desktop.process.exitCode).toBe(null);
  await chooseInTray(desk, desktop, 'Open Varvel');
  await shownPage(desktop);
  // told once only
  await closeWindow(desktop);
  await expect.poll(() => windows(desktop), soon).toEqual([]);
  await chooseInTray(desk, desktop, 'Open Varvel');
  await shownPage(desktop);
  expect(notified(desk)).toHaveLength(1);
  await chooseInTray(desk, desktop, 'Quit Varvel');
  await expectEnd(desktop);
});

test('where no panel shows a tray, closing the window ends it', async () => {
  await session().showTray(false);
  const desktop = open();
  await shownPage(desktop);
  await closeWindow(desktop);
  expect(await desktop.ended).toMatchObject({ code: 0 });
  await session().showTray(true);
});

test('a window that was opened meanwhile is not closed for want of a tray', async () => {
  const desktop = open();
  await shownPage(desktop);
  // asking takes a second here, and says that there is no tray
  const asked = join(machine().root, 'asked');
  desk.write(
    join(machine().root, 'bin', 'gdbus'),
    `#!/bin/sh\ntouch '${asked}'; sleep 1; echo '(false,)'; touch '${asked}.answered'\n`,
    0o755,
  );
  await closeWindow(desktop);
  await expect.poll(() => existsSync(asked), soon).toBe(true);
  // what Electron emits for a second start, which itself could come after the answer on a busy machine
  await desktop.main(({ app }) => void app.emit('second-instance'));
  await expect.poll(() => existsSync(`${asked}.answered`), soon).toBe(true);
  await shownPage(desktop);
  expect(desktop.process.exitCode).toBe(null);
});

test('it goes on when the terminal that it was started from is gone', async () => {
  const desktop = open();
  await shownPage(desktop);
  desktop.process.stderr?.destroy();
  desktop.process.stdout?.destroy();
  await desktop.main(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  await expect.poll(async () => (await desktop.seen()).ipc.filter(isStart).length, soon).toBe(2);
  desktop.process.kill('SIGTERM');
  expect(await desktop.ended).toMatchObject({ code: 0 });
});

const isStart = ({ direction, text }: { direction: string; text: string }) =>
  direction === 'in' && text.includes('"app.start"');
