import { expect, test } from 'vitest';
import { callChannel } from '../../../contract/channels.ts';
import { readClipboard } from '../../electron/desktop/clipboard.ts';
import type { Desktop } from '../../electron/launch.ts';
import { vaultPassphrase } from '../../integration/cli/machine.ts';
import { createPlainBrowser } from '../../integration/sandbox/plain-browser.ts';
import { call, makeProfile, newDesk, shownPage, soon } from './desk.ts';

// with scrypt as people have it: a test is about its time
const desk = newDesk({ vault: 'new file', signedIn: ['ada'] });
const { machine, open, opened } = desk;

const traffic = async (desktop: Desktop) => (await desktop.seen()).ipc.map(({ text }) => text).join('\n');

test('the page has the bridge and nothing else of Electron or Node', async () => {
  const page = await shownPage(open());
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
    ok: { current: null, total: 0, profiles: [], recent: [], starred: [] },
  });
  expect(await call(desktop, 'profiles.read', { name: 'nobody' })).toMatchObject({
    error: { code: 'not_found', message: expect.any(String), hint: { action: expect.any(String) } },
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
  const page = await shownPage(open());
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

/** Calls the handler as somebody would whom no page of ours could send: its event is made from real frames. */
const callAs = (desktop: Desktop, who: string, method: unknown) =>
  desktop.main(
    async ({ BrowserWindow }, { handlers }, channel, kind, name) => {
      const [window] = BrowserWindow.getAllWindows();
      const other = new BrowserWindow({ show: false });
      await other.loadURL('data:text/html,<iframe srcdoc="x"></iframe>');
      const ours = window?.webContents;
      const theirs = other.webContents;
      const events: Record<string, object> = {
        'our window': { sender: ours, senderFrame: ours?.mainFrame },
        'no frame': { sender: ours, senderFrame: null },
        'a frame in a page': { sender: ours, senderFrame: theirs.mainFrame.frames[0] },
        'a page of another origin in our window': { sender: ours, senderFrame: theirs.mainFrame },
        'another window': { sender: theirs, senderFrame: theirs.mainFrame },
        'another window that shows our page': { sender: theirs, senderFrame: ours?.mainFrame },
      };
      const answer = await handlers.get(channel)?.(events[kind], name, { first: null });
      other.destroy();
      return answer;
    },
    callChannel,
    who,
    method,
  );

test('only the main frame of the window, on its own page, is answered', async () => {
  const desktop = open();
  await shownPage(desktop);
  expect(await callAs(desktop, 'our window', 'profiles.list')).toHaveProperty('ok');
  for (const who of [
    'no frame',
    'a frame in a page',
    'a page of another origin in our window',
    'another window',
    'another window that shows our page',
  ]) {
    expect(await callAs(desktop, who, 'profiles.list'), who).toMatchObject({
      error: { code: 'refused', message: expect.stringContaining('isn’t one of Varvel’s windows') },
    });
  }
  for (const method of [null, 7, {}, 'toString', 'nope']) {
    expect(await callAs(desktop, 'our window', method)).toMatchObject({
      error: { code: 'invalid', message: 'Unknown method.' },
    });
  }
});

test('the preload lives in a world of its own, and the page in a process without Node', async () => {
  const desktop = open();
  const page = await shownPage(desktop);
  const seen = await desktop.main(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0] ?? {};
    return webContents?.executeJavaScriptInIsolatedWorld(999, [{ code: 'String(window.varvel)' }]);
  });
  // another isolated world sees the page and not what the preload gave to the main one
  expect(seen).toBe('undefined');
  const reached = await page
    .evaluate(() => {
      const bridge = window.varvel;
      const makes = bridge?.call.constructor;
      // through a proxied function's constructor one must come to nothing but this page
      return [typeof Reflect.get(window, 'require'), typeof makes?.('return typeof process')];
    })
    .catch((error: unknown) => String(error));
  expect(String(reached)).not.toContain('object');
});

test('what changes in a terminal is told to the page, and what the page changes the terminal sees', async () => {
  const { varvel } = machine();
  await makeProfile(machine(), 'studio');
  await makeProfile(machine(), 'night');
  await varvel('switch', 'studio');
  const desktop = open();
  const page = await shownPage(desktop);
  await page.evaluate(() => {
    window.varvel?.on('changed', () => {
      document.documentElement.dataset.heard = 'yes';
    });
  });
  await varvel('switch', 'night');
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.heard), soon).toBe('yes');
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
  await shownPage(desktop);
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
    ['activity.list', { withinMs: null, keyId: null, limit: 100 }],
    ['keys.addFromClipboard', { alias: null, profile: null, force: false }],
  ] as const) {
    await call(desktop, method, input);
  }
  expect(await readClipboard(desk.session())).toContain(half);
  expect(await traffic(desktop)).toContain('keys.test');
  expect(await traffic(desktop)).not.toContain(half);

  expect(await call(desktop, 'keys.reveal', { id })).toEqual({ ok: { key: secret } });
  expect(await traffic(desktop)).toContain(half);
});

test('signing in from the window goes through the system’s browser, and no token crosses the bridge', async () => {
  const desktop = open();
  await shownPage(desktop);
  const input = { run: 'sign-in-of-a-test', connection: 'google', flow: 'loopback' };
  const signedIn = call(desktop, 'identities.signIn', input);
  await expect.poll(() => opened().length, soon).toBe(1);
  const browser = createPlainBrowser();
  const [url = ''] = opened();
  await browser.follow(await browser.open(url), 'data-person="grace"');
  expect(await signedIn).toMatchObject({ ok: { identity: { email: 'grace@example.org' } } });
  const crossed = await traffic(desktop);
  expect(crossed).toContain('grace@example.org');
  expect(crossed).not.toMatch(/eyJ[\w-]+\.|refresh_token|access_token|[?&]code=/);
});

test('two sign-ins at once: the one that is given up is cancelled, the other goes on', async () => {
  const desktop = open();
  await shownPage(desktop);
  const begin = (run: string) =>
    call(desktop, 'identities.signIn', { run, connection: 'github', flow: 'loopback' });
  const [first, second] = [begin('first-sign-in'), begin('second-sign-in')];
  await expect.poll(() => opened().length, soon).toBe(2);
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

test('while the passphrase is tried the program goes on', async () => {
  await makeProfile(machine(), 'studio');
  const desktop = open({ env: { VARVEL_PASSPHRASE: '' } });
  await shownPage(desktop);
  const unlocked = call(desktop, 'vault.unlock', { passphrase: vaultPassphrase });
  const watched = desktop.main(async ({ ipcMain }) => {
    const begun = Date.now();
    let last = begun;
    let longest = 0;
    const timer = setInterval(() => {
      longest = Math.max(longest, Date.now() - last);
      last = Date.now();
    }, 1);
    await new Promise((resolve) => ipcMain.once('test:unlocked', resolve));
    clearInterval(timer);
    return { longest, took: Date.now() - begun };
  });
  expect(await unlocked).toMatchObject({ ok: { problem: null } });
  await desktop.main(({ ipcMain }) => void ipcMain.emit('test:unlocked'));
  const { longest, took } = await watched;
  expect(longest).toBeLessThan(took / 3);
});
