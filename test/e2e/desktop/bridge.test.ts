import { expect, test } from 'vitest';
import { callChannel } from '../../../contract/channels.ts';
import { createPlainBrowser } from '../../integration/sandbox/plain-browser.ts';
import { call, makeProfile, newDesk, soon } from './desk.ts';

const { machine, open } = newDesk({ signedIn: ['ada'] });

test('the page has the bridge and nothing else of Electron or Node', async () => {
  const page = await open().page();
  const seen = await page.evaluate(() => ({
    bridge: Object.keys(window.varvel ?? {}),
    frozen: Object.isFrozen(window.varvel),
    node: ['require', 'process', 'Buffer', 'module', 'global', 'electron', 'ipcRenderer'].filter(
      (name) => name in window,
    ),
  }));
  expect(seen).toEqual({ bridge: ['call', 'on'], frozen: true, node: [] });
});

test('a call is answered, and what is wrong with one is said as plain data', async () => {
  const desktop = open();
  expect(await call(desktop, 'profiles.list', { first: null })).toEqual({
    ok: { current: null, total: 0, profiles: [] },
  });
  expect(await call(desktop, 'profiles.read', { name: 'nobody' })).toMatchObject({
    error: { code: 'not_found', message: expect.any(String), hint: expect.any(String) },
  });
  for (const input of [
    undefined,
    'x',
    7,
    [],
    { name: 7 },
    { name: '' },
    { name: 'x'.repeat(65) },
    { name: { toString: 1 } },
  ]) {
    expect(await call(desktop, 'profiles.read', input)).toMatchObject({ error: { code: 'invalid' } });
  }
});

test('an unknown method or event rejects, and so does what can’t be sent', async () => {
  const page = await open().page();
  const refused = await page.evaluate(async () => {
    const bridge = window.varvel;
    if (!bridge) return [];
    const attempts = [
      async () => bridge.call('keys.stealAll', null),
      async () => bridge.call('__proto__', null),
      async () => bridge.call('keys.reveal', { id: Symbol('x') }),
      async () => bridge.on('everything', () => undefined),
    ];
    return Promise.all(
      attempts.map((attempt) =>
        attempt().then(
          () => 'answered',
          () => 'rejected',
        ),
      ),
    );
  });
  expect(refused).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
});

test('only the main frame of the window, on its own page, is answered', async () => {
  const desktop = open();
  await desktop.page();
  expect(await desktop.do.invokeAs('window', callChannel, 'profiles.list', { first: null })).toHaveProperty(
    'ok',
  );
  for (const who of ['no frame', 'sub-frame', 'other origin', 'other page'] as const) {
    expect(await desktop.do.invokeAs(who, callChannel, 'profiles.list', { first: null })).toMatchObject({
      error: { code: 'refused', message: expect.stringContaining('none of Varvel’s windows') },
    });
  }
  for (const method of [null, 7, {}, 'toString', 'nope']) {
    expect(await desktop.do.invokeAs('window', callChannel, method, null)).toMatchObject({
      error: { code: 'invalid', message: 'There is no such method.' },
    });
  }
});

test('a switch in the terminal shows in the window and the tray within a second, and the other way round', async () => {
  const { varvel } = machine();
  await makeProfile(machine(), 'studio');
  await makeProfile(machine(), 'night');
  await varvel('switch', 'studio');
  const desktop = open();
  const page = await desktop.page();
  await expect.poll(() => page.getByText('studio').count(), soon).toBeGreaterThan(0);
  await page.evaluate(() => {
    window.varvel?.on('changed', () => {
      document.documentElement.dataset.heard = 'yes';
    });
  });
  await varvel('switch', 'night');
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.heard), soon).toBe('yes');
  await expect
    .poll(
      async () => (await desktop.do.trayMenu()).filter(({ checked }) => checked).map(({ label }) => label),
      soon,
    )
    .toEqual(['night (ada)']);
  expect(await call(desktop, 'profiles.switch', { name: 'studio' })).toEqual({ ok: null });
  expect((await varvel('current')).stdout.trim()).toBe('studio');
});

test('no secret crosses the bridge but one that was asked for', async () => {
  const { varvel } = machine();
  const id = await makeProfile(machine(), 'studio');
  const secret = (await varvel('keys', 'reveal', id)).stdout.trim();
  const [, half = ''] = secret.split(':');
  expect(half.length).toBeGreaterThan(20);
  const desktop = open();
  await desktop.page();
  const traffic = async () => (await desktop.do.done()).ipc.map(({ text }) => text).join('\n');

  const run = 'run-of-a-test';
  for (const [method, input] of [
    ['app.start', null],
    ['keys.list', null],
    ['keys.refresh', { accountId: null }],
    ['keys.test', { run, ids: [id] }],
    ['keys.copy', { id }],
    ['profiles.list', { first: null }],
    ['profiles.read', { name: 'studio' }],
    ['profiles.switch', { name: 'studio' }],
    ['profiles.copyExport', { name: 'studio', shell: null }],
    ['identities.list', null],
    ['accounts.refresh', null],
    ['activity.list', { sinceMs: null, keyId: null, limit: 100 }],
    ['keys.addFromClipboard', { alias: null, profile: null }],
  ] as const) {
    await call(desktop, method, input);
  }
  expect(await desktop.do.readClipboard()).toContain(half);
  expect(await traffic()).toContain('keys.test');
  expect(await traffic()).not.toContain(half);

  expect(await call(desktop, 'keys.reveal', { id })).toEqual({ ok: { key: secret } });
  expect(await traffic()).toContain(half);
});

test('signing in from the window goes through the system’s browser, and no token crosses the bridge', async () => {
  const desktop = open();
  await desktop.page();
  const input = { run: 'sign-in-of-a-test', connection: 'google', flow: 'loopback' };
  const signedIn = call(desktop, 'identities.signIn', input);
  const opened = async () => (await desktop.do.done()).opened;
  await expect.poll(async () => (await opened()).length, soon).toBe(1);
  const browser = createPlainBrowser();
  const [url = ''] = await opened();
  await browser.follow(await browser.open(url), 'data-person="grace"');
  expect(await signedIn).toMatchObject({ ok: { identity: { email: 'grace@example.org' } } });
  const traffic = (await desktop.do.done()).ipc.map(({ text }) => text).join('\n');
  expect(traffic).toContain('grace@example.org');
  expect(traffic).not.toMatch(/eyJ[\w-]+\.|refresh_token|access_token|[?&]code=/);
});

test('two sign-ins at once: the one that is given up is cancelled, the other goes on', async () => {
  const desktop = open();
  await desktop.page();
  const begin = (run: string) =>
    call(desktop, 'identities.signIn', { run, connection: 'github', flow: 'loopback' });
  const [first, second] = [begin('first-sign-in'), begin('second-sign-in')];
  const opened = async () => (await desktop.do.done()).opened;
  await expect.poll(async () => (await opened()).length, soon).toBe(2);
  expect(await call(desktop, 'work.cancel', { run: 'first-sign-in' })).toEqual({ ok: null });
  expect(await first).toMatchObject({ error: { code: 'cancelled' } });
  await call(desktop, 'work.cancel', { run: 'second-sign-in' });
  expect(await second).toMatchObject({ error: { code: 'cancelled' } });
});

test('a vault that is locked while the window is open is said as such', async () => {
  await makeProfile(machine(), 'studio');
  const [{ id } = { id: '' }] = JSON.parse(
    (await machine().varvel('keys', 'list', '--json')).stdout,
  ).keys.filter(({ stored }: { stored: boolean }) => stored);
  const desktop = open({ env: { VARVEL_PASSPHRASE: '' } });
  const answer = await call(desktop, 'keys.reveal', { id });
  expect(answer).toMatchObject({
    error: { code: expect.stringMatching(/^(vault_locked|wrong_passphrase)$/) },
  });
});
