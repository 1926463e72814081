import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { call, makeProfile, newDesk, soon, trayLabels } from './desk.ts';

const { machine, open } = newDesk({ signedIn: ['ada'] });

test('the tray shows the current profile, switches, pauses and goes on', async () => {
  const { varvel } = machine();
  await makeProfile(machine(), 'studio');
  await makeProfile(machine(), 'night', 'night-shift');
  await varvel('switch', 'studio');
  const desktop = open({ args: ['--in-tray'] });
  await expect
    .poll(() => trayLabels(desktop), soon)
    .toEqual([
      'In the sandbox',
      'studio',
      'ada · API · not tested',
      'Test the key',
      'Copy the key',
      'Copy the export line for bash',
      '✓ studio (ada)',
      'night (night-shift)',
      'Pause: no profile is current',
      'Open Varvel',
      'Quit Varvel',
    ]);
  const { menusSet, image } = await desktop.do.trayLook();
  expect(image).toMatch(/on-light\.png$/);

  await desktop.do.trayClick('night (night-shift)');
  await expect.poll(() => trayLabels(desktop), soon).toContain('✓ night (night-shift)');
  // on Linux a menu that was set doesn't change
  expect((await desktop.do.trayLook()).menusSet).toBeGreaterThan(menusSet);
  expect((await desktop.do.trayLook()).toolTip).toBe('Varvel: night, not tested');
  expect((await varvel('current')).stdout.trim()).toBe('night');

  await desktop.do.trayClick('Pause: no profile is current');
  await expect.poll(() => trayLabels(desktop), soon).toContain('Go on with night');
  expect((await varvel('current')).stdout.trim()).not.toBe('night');
  await desktop.do.trayClick('Go on with night');
  await expect.poll(() => trayLabels(desktop), soon).toContain('✓ night (night-shift)');
  expect((await varvel('current')).stdout.trim()).toBe('night');
});

test('a test from the tray is told as a notification, which opens the window', async () => {
  await makeProfile(machine(), 'studio');
  await machine().varvel('switch', 'studio');
  const desktop = open({ args: ['--in-tray'] });
  await expect.poll(() => trayLabels(desktop), soon).toContain('Test the key');
  await desktop.do.trayClick('Test the key');
  await expect
    .poll(async () => (await desktop.do.done()).notifications, soon)
    .toMatchObject([{ title: 'studio: valid' }]);
  await expect.poll(() => trayLabels(desktop), soon).toContain('ada · API · valid');
  await desktop.do.clickNotification('studio: valid');
  expect(await desktop.do.windows()).toHaveLength(1);

  await machine().control('lock', { account: 'ada', reason: 'Exhausted balance' });
  await desktop.do.trayClick('Test the key');
  await expect
    .poll(async () => (await desktop.do.done()).notifications.at(-1), soon)
    .toMatchObject({ title: 'studio: locked', body: expect.stringContaining('balance') });
  await expect.poll(() => trayLabels(desktop), soon).toContain('✓ studio (ada, locked)');
});

test('the key and its export line are copied and marked', async () => {
  const id = await makeProfile(machine(), 'studio');
  await machine().varvel('switch', 'studio');
  const secret = (await machine().varvel('keys', 'reveal', id)).stdout.trim();
  const desktop = open({ args: ['--in-tray'] });
  await expect.poll(() => trayLabels(desktop), soon).toContain('Copy the key');
  await desktop.do.trayClick('Copy the key');
  await expect.poll(() => desktop.do.readClipboard(), soon).toBe(secret);
  expect(await desktop.do.clipboardTypes()).toEqual([
    'text/plain',
    'electron application/osclipboard;format="x-kde-passwordManagerHint"',
  ]);
  await desktop.do.trayClick('Copy the export line for bash');
  await expect.poll(() => desktop.do.readClipboard(), soon).toContain(`export FAL_KEY=`);
  const { notifications, ipc } = await desktop.do.done();
  expect(JSON.stringify({ notifications, ipc })).not.toContain(secret.split(':')[1]);
  expect(notifications.at(-1)?.body).toContain('45 seconds');
});

test('the export line is of the person’s own shell, as the tray says', async () => {
  await makeProfile(machine(), 'studio');
  await machine().varvel('switch', 'studio');
  const desktop = open({ args: ['--in-tray'], env: { SHELL: '/usr/bin/tcsh' } });
  await expect.poll(() => trayLabels(desktop), soon).toContain('Copy the export line for tcsh');
  await desktop.do.trayClick('Copy the export line for tcsh');
  await expect.poll(() => desktop.do.readClipboard(), soon).toMatch(/^setenv FAL_KEY /);
});

test.each([
  ['is cleared', null, ''],
  ['keeps what the person copied since', 'something else', 'something else'],
])('on quitting, the clipboard %s', async (_what, since, left) => {
  const id = await makeProfile(machine(), 'studio');
  const path = join(machine().root, 'clipboard');
  const desktop = open({ env: { STAND_IN_CLIPBOARD: path } });
  await call(desktop, 'keys.copy', { id });
  expect(await desktop.do.readClipboard()).not.toBe('');
  if (since !== null) await desktop.do.writeClipboard(since);
  await desktop.do.quit();
  expect(await desktop.ended).toMatchObject({ code: 0 });
  expect(readFileSync(path, 'utf8')).toBe(left);
});

test('the clipboard is cleared after its time only if it still holds what was copied', async () => {
  const id = await makeProfile(machine(), 'studio');
  const desktop = open();
  await desktop.page();
  await call(desktop, 'settings.change', { clipboardSeconds: 5 });
  expect(await call(desktop, 'keys.copy', { id })).toEqual({ ok: { seconds: 5 } });
  await desktop.do.writeClipboard('what the person copied since');
  await new Promise((resolve) => setTimeout(resolve, 5500));
  expect(await desktop.do.readClipboard()).toBe('what the person copied since');
  await call(desktop, 'keys.copy', { id });
  expect(await desktop.do.readClipboard()).not.toBe('');
  await expect.poll(() => desktop.do.readClipboard(), soon).toBe('');
});

test('a session that fal has ended is told, and the notification leads to signing in', async () => {
  const desktop = open();
  await desktop.page();
  expect(await call(desktop, 'accounts.refresh', null)).toHaveProperty('ok');
  await machine().control('expire', { person: 'ada', what: 'access' });
  await machine().control('expire', { person: 'ada', what: 'refresh' });
  await call(desktop, 'accounts.refresh', null);
  await expect
    .poll(async () => (await desktop.do.done()).notifications.map(({ title }) => title), soon)
    .toEqual([expect.stringMatching(/is signed out$/)]);
  const [{ title } = { title: '' }] = (await desktop.do.done()).notifications;
  await desktop.do.clickNotification(title);
  await expect
    .poll(async () => (await desktop.do.done()).ipc.map(({ text }) => text).join('\n'), soon)
    .toContain('sign-in');
});

test('what fails from the tray is said', async () => {
  await makeProfile(machine(), 'studio');
  await machine().varvel('switch', 'studio');
  const desktop = open({ args: ['--in-tray'], env: { VARVEL_PASSPHRASE: 'not the passphrase' } });
  await expect.poll(() => trayLabels(desktop), soon).toContain('Copy the key');
  await desktop.do.trayClick('Copy the key');
  await expect
    .poll(async () => (await desktop.do.done()).notifications, soon)
    .toMatchObject([
      { title: 'Copy the key: that didn’t work', body: expect.stringContaining('passphrase') },
    ]);
  expect(await desktop.do.readClipboard()).toBe('');
});

test('what goes wrong beside a switch from the tray is said, though no window is open', async () => {
  const { varvel, env } = machine();
  const folder = join(env.HOME ?? '', '.fal');
  mkdirSync(folder, { recursive: true });
  await makeProfile(machine(), 'studio');
  await makeProfile(machine(), 'night', 'night-shift');
  await varvel('switch', 'studio');
  const desktop = open({ args: ['--in-tray'] });
  await expect.poll(() => trayLabels(desktop), soon).toContain('night (night-shift)');
  await desktop.do.trayClick('Open Varvel');
  expect(await call(desktop, 'falcli.keepInStep', { inStep: 'profile' })).toHaveProperty('ok');
  await desktop.do.closeWindow();
  writeFileSync(join(folder, 'config.toml'), '[broken');
  await desktop.do.trayClick('night (night-shift)');
  await expect
    .poll(async () => (await desktop.do.done()).notifications.map(({ body }) => body).join(), soon)
    .toContain('did not follow the switch');
});
