import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readClipboard } from '../../electron/desktop/clipboard.ts';
import { keyOf } from '../../integration/sandbox/running.ts';
import { temporaryAtFal } from '../../integration/temporary/temporary.ts';
import {
  call,
  chooseInTray,
  makeProfile,
  newDesk,
  notified,
  press,
  shownPage,
  soon,
  trayIcon,
  trayLabels,
  windows,
} from './desk.ts';

const desk = newDesk({ signedIn: ['ada'] });
const { machine, open } = desk;

test('the tray shows the current profile, switches, pauses and goes on', async () => {
  const { varvel } = machine();
  await makeProfile(machine(), 'studio');
  await makeProfile(machine(), 'night', 'night-shift');
  await varvel('switch', 'studio');
  const desktop = open({ args: ['--in-tray'] });
  await expect
    .poll(
      async () =>
        (await trayLabels(desk, desktop)).map((label) => label.replace(/ · \d\d:\d\d$/, ' · a moment ago')),
      soon,
    )
    .toEqual([
      'Environment: sandbox',
      'studio',
      'ada · API · not tested',
      'Balance $24.50 · a moment ago',
      'Test key',
      'Copy key',
      'Copy export line for bash',
      '✓ studio (ada)',
      'night (night-shift)',
      'Use no profile',
      'Open Varvel',
      'Quit Varvel',
    ]);
  const menu = await (await trayIcon(desk, desktop)).menu();
  expect(menu.filter(({ label }) => /^(studio|night) \(/.test(label)).every(({ hasIcon }) => hasIcon)).toBe(
    true,
  );

  await chooseInTray(desk, desktop, 'night (night-shift)');
  await expect.poll(() => trayLabels(desk, desktop), soon).toContain('✓ night (night-shift)');
  expect(await (await trayIcon(desk, desktop)).toolTip()).toBe('Varvel: night, not tested');
  expect((await varvel('current')).stdout.trim()).toBe('night');

  await chooseInTray(desk, desktop, 'Use no profile');
  await expect.poll(() => trayLabels(desk, desktop), soon).toContain('Switch back to night');
  expect((await varvel('current')).stdout.trim()).not.toBe('night');
  await chooseInTray(desk, desktop, 'Switch back to night');
  await expect.poll(() => trayLabels(desk, desktop), soon).toContain('✓ night (night-shift)');
  expect((await varvel('current')).stdout.trim()).toBe('night');
});

test('a switch in the terminal is in the tray, and in the window', async () => {
  await makeProfile(machine(), 'studio');
  await makeProfile(machine(), 'night', 'night-shift');
  const desktop = open();
  const page = await shownPage(desktop);
  for (const name of ['studio', 'night', 'studio']) {
    await machine().varvel('switch', name);
    await expect
      .poll(() => trayLabels(desk, desktop), soon)
      .toContainEqual(expect.stringMatching(new RegExp(`^✓ ${name}`)));
    await page.getByRole('button', { name: new RegExp(`^Current profile: ${name}`) }).waitFor();
  }
  expect(await machine().varvel('profiles', 'delete', 'night')).toMatchObject({ code: 0 });
  await expect.poll(async () => (await trayLabels(desk, desktop)).join(), soon).not.toContain('night');
});

test('a click on the icon opens the window', async () => {
  const desktop = open({ args: ['--in-tray'] });
  await (await trayIcon(desk, desktop)).activate();
  await shownPage(desktop);
});

test('a panel that comes back shows the icon again', async () => {
  const desktop = open({ args: ['--in-tray'] });
  await trayIcon(desk, desktop);
  await desk.session().showTray(false);
  await desk.session().showTray(true);
  await expect.poll(() => trayLabels(desk, desktop), soon).toContain('Quit Varvel');
});

test('a test from the tray is told as a notification, which opens the window', async () => {
  await makeProfile(machine(), 'studio');
  await machine().varvel('switch', 'studio');
  const desktop = open({ args: ['--in-tray'] });
  await expect.poll(() => trayLabels(desk, desktop), soon).toContain('Test key');
  await chooseInTray(desk, desktop, 'Test key');
  await expect.poll(() => notified(desk), soon).toEqual(['studio: valid']);
  await expect.poll(() => trayLabels(desk, desktop), soon).toContain('ada · API · valid');
  await desk.session().notifications.click('studio: valid');
  await expect.poll(async () => (await windows(desktop)).length, soon).toBe(1);

  await machine().control('lock', { account: 'ada', reason: 'Exhausted balance' });
  await chooseInTray(desk, desktop, 'Test key');
  await expect
    .poll(() => desk.session().notifications.shown().at(-1), soon)
    .toMatchObject({ title: 'studio: locked', body: expect.stringContaining('balance') });
  await expect.poll(() => trayLabels(desk, desktop), soon).toContain('✓ studio (ada, locked)');
});

test('a session that fal has ended is told, and the notification leads to signing in', async () => {
  const desktop = open();
  const page = await shownPage(desktop);
  expect(await call(desktop, 'accounts.refresh', null)).toHaveProperty('ok');
  await machine().control('expire', { person: 'ada', what: 'access' });
  await machine().control('expire', { person: 'ada', what: 'refresh' });
  await call(desktop, 'accounts.refresh', null);
  await expect.poll(() => notified(desk), soon).toEqual([expect.stringMatching(/was signed out$/)]);
  await desk.session().notifications.click(notified(desk)[0] ?? '');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Sign in with GitHub/ })
    .waitFor();
});

test('a watched key that works again is told as a notification, though no window is open', async () => {
  const id = await makeProfile(machine(), 'studio');
  await machine().control('lock', { account: 'ada', pattern: 'exhausted_balance' });
  const desktop = open();
  await shownPage(desktop);
  expect(await call(desktop, 'locks.watch', { id })).toHaveProperty('ok');
  await desktop.main(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(() => windows(desktop), soon).toEqual([]);
  await machine().control('unlock', { account: 'ada' });
  await expect.poll(() => notified(desk), soon).toContain('studio-key works again');
});

test('what fails from the tray is said', async () => {
  await makeProfile(machine(), 'studio');
  await machine().varvel('switch', 'studio');
  const desktop = open({ args: ['--in-tray'], env: { VARVEL_PASSPHRASE: 'not the passphrase' } });
  await expect.poll(() => trayLabels(desk, desktop), soon).toContain('Copy key');
  await chooseInTray(desk, desktop, 'Copy key');
  await expect
    .poll(() => desk.session().notifications.shown(), soon)
    .toMatchObject([{ title: 'Couldn’t copy the key', body: expect.stringContaining('passphrase') }]);
  expect(await readClipboard(desk.session())).toBe('');
});

test('what goes wrong beside a switch from the tray is said, though no window is open', async () => {
  const { varvel, env } = machine();
  const config = join(env.HOME ?? '', '.fal', 'config.toml');
  desk.write(config, '');
  await makeProfile(machine(), 'studio');
  await makeProfile(machine(), 'night', 'night-shift');
  await varvel('switch', 'studio');
  const desktop = open({ args: ['--in-tray'] });
  await expect.poll(() => trayLabels(desk, desktop), soon).toContain('night (night-shift)');
  await chooseInTray(desk, desktop, 'Open Varvel');
  expect(await call(desktop, 'falcli.setSync', { inStep: 'profile', force: false })).toHaveProperty('ok');
  await desktop.main(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(() => windows(desktop), soon).toEqual([]);
  desk.write(config, '[broken');
  await chooseInTray(desk, desktop, 'night (night-shift)');
  await expect
    .poll(
      async () =>
        desk
          .session()
          .notifications.shown()
          .map(({ body }) => body)
          .join(),
      soon,
    )
    .toContain('did not follow the switch');
});

test('temporary keys are in the tray with their end, and are ended there after a question', async () => {
  const { varvel, sandbox } = machine();
  expect(await varvel('keys', 'create', 'demo', '--ttl', '1h')).toMatchObject({ code: 0 });
  const desktop = open({ args: ['--in-tray'] });
  await expect.poll(() => trayLabels(desk, desktop), soon).toContain('1 temporary key');
  const menu = await (await trayIcon(desk, desktop)).menu();
  const lines = menu.find(({ label }) => label === '1 temporary key')?.lines ?? [];
  expect(lines.map(({ label }) => label)).toEqual([
    expect.stringMatching(/^demo \(ada\) · until (\d\d:\d\d|\d+ \w+)$/),
    'End demo now…',
  ]);
  // a dialog of the system has no title
  const active = () => desk.session().run('xdotool', 'getactivewindow').catch(String);
  const before = await active();
  await chooseInTray(desk, desktop, '1 temporary key', 'End demo now…');
  await expect.poll(active, soon).not.toBe(before);
  await press(desk, 'Tab', 'Return');
  await expect.poll(() => notified(desk), soon).toEqual(['Ended demo']);
  await expect.poll(async () => (await trayLabels(desk, desktop)).join(), soon).not.toContain('temporary');
  expect(await temporaryAtFal(sandbox)).toEqual([]);
});

test('a key that is overdue is in the tray, and is notified once, also when the program starts again', async () => {
  const { varvel, varvelWith, sandbox } = machine();
  const { key } = await keyOf(sandbox, 'ada', 'API');
  expect(await varvelWith({ input: key }, 'keys', 'add', 'old', '--stdin')).toMatchObject({ code: 0 });
  // fal says how old it is
  await varvel('keys', 'list');
  expect(await varvel('keys', 'set', 'old', 'rotate-by=1d')).toMatchObject({ code: 0 });
  const desktop = open({ args: ['--in-tray'] });
  await expect.poll(() => notified(desk), soon).toEqual(['Rotate the key old']);
  await expect.poll(() => trayLabels(desk, desktop), soon).toContain('Rotate old: overdue…');
  await chooseInTray(desk, desktop, 'Quit Varvel');
  await desktop.ended;
  const again = open({ args: ['--in-tray'] });
  await expect.poll(() => trayLabels(desk, again), soon).toContain('Rotate old: overdue…');
  expect(notified(desk)).toEqual(['Rotate the key old']);
  await varvel('keys', 'set', 'old', 'rotate-by=never');
  await expect.poll(async () => (await trayLabels(desk, again)).join(), soon).not.toContain('overdue');
});
