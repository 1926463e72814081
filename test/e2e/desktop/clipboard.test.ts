import { expect, inject, test } from 'vitest';
import { clipboardTargets, readClipboard, writeClipboard } from '../../electron/desktop/clipboard.ts';
import { unauthorizedRequests } from '../../integration/cli/requests.ts';
import { call, chooseInTray, makeProfile, newDesk, notified, shownPage, soon, trayLabels } from './desk.ts';

const desk = newDesk({ signedIn: ['ada'] });
const { machine, open, session } = desk;
/** Electron 33 can write no mark beside a text. */
const writesMarks = inject('installed')?.electron.shims.length === 0;
const mark = 'x-kde-passwordManagerHint';

test('the key and its export line are copied from the tray', async () => {
  const id = await makeProfile(machine(), 'studio');
  await machine().varvel('switch', 'studio');
  const secret = (await machine().varvel('keys', 'reveal', id)).stdout.trim();
  const desktop = open({ args: ['--in-tray'] });
  await expect.poll(() => trayLabels(desk, desktop), soon).toContain('Copy key');
  await chooseInTray(desk, desktop, 'Copy key');
  await expect.poll(() => readClipboard(session()), soon).toBe(secret);
  // a mark that can't be set is said, and the key is copied all the same
  if (writesMarks) expect(await clipboardTargets(session())).toContain(mark);
  else expect(desktop.said()).toContain('varvel: the copied key could not be hidden from clipboard managers');
  await chooseInTray(desk, desktop, 'Copy export line for bash');
  await expect.poll(() => readClipboard(session()), soon).toContain(`export FAL_KEY=`);
  await expect
    .poll(() => notified(desk), soon)
    .toEqual([expect.stringContaining('Copied the key of studio'), 'Copied the export line of studio']);
  const notifications = session().notifications.shown();
  expect(notifications.at(-1)?.body).toContain('45 seconds');
  const { ipc } = await desktop.seen();
  expect(JSON.stringify({ notifications, ipc })).not.toContain(secret.split(':')[1]);
});

test('the export line is of the person’s own shell, as the tray says', async () => {
  await makeProfile(machine(), 'studio');
  await machine().varvel('switch', 'studio');
  const desktop = open({ args: ['--in-tray'], env: { SHELL: '/usr/bin/tcsh' } });
  await expect.poll(() => trayLabels(desk, desktop), soon).toContain('Copy export line for tcsh');
  await chooseInTray(desk, desktop, 'Copy export line for tcsh');
  await expect.poll(() => readClipboard(session()), soon).toMatch(/^setenv FAL_KEY /);
});

test.each([
  ['takes the key off the clipboard', null, ''],
  ['leaves what the person copied since', 'something else', 'something else'],
])('quitting %s', async (_what, since, left) => {
  const id = await makeProfile(machine(), 'studio');
  const desktop = open();
  await shownPage(desktop);
  await call(desktop, 'keys.copy', { id });
  await expect.poll(() => readClipboard(session()), soon).toContain(id);
  if (since !== null) await writeClipboard(session(), since);
  desktop.process.kill('SIGTERM');
  expect(await desktop.ended).toMatchObject({ code: 0 });
  expect(await readClipboard(session())).toBe(left);
});

test('a key is taken off the clipboard after its time, and what was copied since is left', async () => {
  const id = await makeProfile(machine(), 'studio');
  const desktop = open();
  const page = await shownPage(desktop);
  await call(desktop, 'settings.change', { clipboardSeconds: 5 });
  expect(await call(desktop, 'keys.copy', { id })).toEqual({ ok: { seconds: 5 } });
  await writeClipboard(session(), 'what the person copied since');
  await new Promise((resolve) => setTimeout(resolve, 5500));
  expect(await readClipboard(session())).toBe('what the person copied since');
  await call(desktop, 'keys.copy', { id });
  await expect.poll(() => readClipboard(session()), soon).toContain(id);
  await expect.poll(() => readClipboard(session()), soon).toBe('');
  await page.getByText('Cleared the key from the clipboard.').waitFor({ timeout: soon.timeout });
});

test('a key that is on the clipboard is added from there, and never comes to the page', async () => {
  const [, second] = JSON.parse((await machine().varvel('keys', 'list', '--json')).stdout).keys;
  const id = await makeProfile(machine(), 'studio');
  const secret = (await machine().varvel('keys', 'reveal', id)).stdout.trim();
  await machine().varvel('keys', 'forget', id, '--yes');
  const desktop = open();
  await shownPage(desktop);
  await writeClipboard(session(), `${secret}\n`);
  expect(
    await call(desktop, 'keys.addFromClipboard', { alias: null, profile: null, force: false }),
  ).toMatchObject({
    ok: { outcome: 'added' },
  });
  expect((await machine().varvel('keys', 'reveal', id)).stdout.trim()).toBe(secret);
  expect(JSON.stringify((await desktop.seen()).ipc)).not.toContain(secret.split(':')[1]);
  expect(second).toBeDefined();
});

test('another password on the clipboard doesn’t go to fal, unless that is wished after all', async () => {
  await makeProfile(machine(), 'studio');
  const desktop = open();
  const page = await shownPage(desktop);
  await page.keyboard.press('Control+2');
  await page.getByRole('button', { name: 'Add key…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add existing key' });
  const password = 'mail-of-ada:hunter2hunter2';
  await writeClipboard(session(), password);
  const before = await unauthorizedRequests(machine().sandbox);
  await dialog.getByRole('button', { name: 'Add from clipboard' }).click();
  await dialog.getByText(`doesn’t look like a fal key: it has ${password.length} characters`).waitFor(soon);
  expect(await unauthorizedRequests(machine().sandbox)).toBe(before);
  expect((await machine().varvel('keys', 'list')).stdout).not.toContain('mail-of-ada');
  expect(JSON.stringify((await desktop.seen()).ipc)).not.toMatch(/mail-of-ada|hunter2/);

  await dialog.getByRole('button', { name: 'Add anyway' }).click();
  await page.getByText('It was added anyway.').waitFor(soon);
  expect(await unauthorizedRequests(machine().sandbox)).toBeGreaterThan(before);
});
