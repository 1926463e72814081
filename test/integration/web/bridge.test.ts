import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { newMachine, vaultPassphrase } from '../cli/machine.ts';
import { changed, listen } from './listener.ts';
import { type Served, sendRaw, serve } from './served.ts';

const machine = newMachine({ vault: 'file', signedIn: ['ada'] });
const serving = (env: Record<string, string> = {}): Promise<Served> =>
  serve({ env: { ...machine().env, ...env } });

/** POSTs to the bridge as our own page would, but for what is given. */
const post = async (served: Served, path: string, body: string, headers: Record<string, string> = {}) => {
  const { cookie, origin } = served;
  const response = await fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { cookie, origin, 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: response.status, text: await response.text() };
};

describe('what is no call', () => {
  it('is answered with an error in words, never with a stack', async () => {
    await using here = await serving();
    const cases: [path: string, body: string, status: number][] = [
      ['/bridge/no.such', 'null', 404],
      ['/bridge/__proto__', 'null', 404],
      ['/bridge/constructor', 'null', 404],
      ['/bridge/toString', '{}', 404],
      ['/bridge/app.start', '{"a":1}', 200],
      ['/bridge/profiles.read', 'null', 200],
      ['/bridge/profiles.read', '{"name":7}', 200],
      ['/bridge/profiles.read', '{"name":{"$ne":null}}', 200],
      ['/bridge/profiles.read', '{"__proto__":{"name":"x"}}', 200],
      ['/bridge/profiles.read', '[]', 200],
      ['/bridge/keys.test', '{"run":"x","ids":null}', 200],
      ['/bridge/profiles.read', '', 400],
      ['/bridge/profiles.read', '{"name":', 400],
      ['/bridge/profiles.read', 'name=x', 400],
      ['/bridge/profiles.read', `{"name":"${'x'.repeat(1_100_000)}"}`, 413],
      ['/bridge/profiles.read', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, 200],
    ];
    for (const [path, body, status] of cases) {
      const answer = await post(here, path, body);
      expect(answer.status, `${path} ${body.slice(0, 60)}`).toBe(status);
      expect(JSON.parse(answer.text), path).toEqual({
        error: {
          code: 'invalid',
          message: expect.any(String),
          hint: { action: 'advice', text: 'Reload the window.' },
        },
      });
      expect(answer.text).not.toMatch(/node_modules|\.ts|at .*:\d+|FST_/);
      expect(answer.text.length).toBeLessThan(500);
    }
  });

  it('has one content type, and one method', async () => {
    await using here = await serving();
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
    ]) {
      expect((await post(here, '/bridge/app.start', 'null', { 'content-type': type })).status).toBe(415);
    }
    const { cookie, origin } = here;
    expect((await fetch(`${origin}/bridge/app.start`, { headers: { cookie } })).status).toBe(404);
    expect((await fetch(`${origin}/bridge/app.start`, { method: 'PUT', headers: { cookie } })).status).toBe(
      405,
    );
    expect((await fetch(origin, { method: 'OPTIONS', headers: { cookie } })).status).toBe(405);
  });

  it('finds no file by any path but the window’s own', async () => {
    await using here = await serving();
    for (const path of [
      '/index.html',
      '/../web/web-bridge.js',
      '/assets/../../web/web-bridge.js',
      '/%2e%2e/web/web-bridge.js',
      '/assets/',
      '/assets//app.js',
      '/assets%2fapp.js',
      '/./assets/app.js',
      '/ASSETS/app.js',
      '/web-bridge.js/',
      '/__proto__',
    ]) {
      const answer = await sendRaw(here.port, [
        `GET ${path} HTTP/1.1`,
        `Host: 127.0.0.1:${here.port}`,
        `Cookie: ${here.cookie}`,
        'Connection: close',
      ]);
      expect(answer, path).toMatchObject({ status: 404, body: '' });
    }
  });

  it('on the event stream ends it, and nothing else', async () => {
    await using here = await serving();
    const events = await listen(here);
    events.close();
    await sleep(50);
    expect(await here.call('profiles.list', { first: null })).toMatchObject({ ok: { profiles: [] } });
  });
});

describe('several windows', () => {
  it('all hear what another program has changed', async () => {
    await using here = await serving();
    expect(await here.call('profiles.create', { name: 'studio', change: {} })).toMatchObject({ ok: {} });
    const windows = [await listen(here), await listen(here)];
    await sleep(400);
    for (const window of windows) window.heard.length = 0;
    expect(await machine().varvel('switch', 'studio')).toMatchObject({ code: 0 });
    await Promise.all(windows.map((window) => window.next(changed('profiles'), 20_000)));
    expect(await here.call('profiles.list', { first: null })).toMatchObject({ ok: { current: 'studio' } });
    for (const window of windows) window.close();
  });

  it('all hear what one of them has done', async () => {
    await using here = await serving();
    const window = await listen(here);
    await here.call('profiles.create', { name: 'studio', change: {} });
    await window.next(changed('profiles'));
    expect((await machine().varvel('profiles', 'list')).stdout).toContain('studio');
    window.close();
  });

  it('of two programs hear of each other', async () => {
    await using one = await serving();
    await using other = await serving();
    const window = await listen(other);
    await one.call('settings.change', { theme: 'dark' });
    await window.next(changed('settings'), 1000);
    expect(await other.call('settings.read')).toMatchObject({ ok: { theme: 'dark', startAtLogin: null } });
    window.close();
  });
});

describe('a passphrase vault', () => {
  it('that is locked says so, and opens by the passphrase given in the window', async () => {
    await machine().varvel('keys', 'create', 'pictures', '--profile', 'studio');
    const { VARVEL_PASSPHRASE: _, ...env } = machine().env;
    await using here = await serve({ env });
    expect(await here.call('app.start')).toMatchObject({
      ok: {
        face: 'web',
        theme: 'system',
        home: machine().env.HOME,
      },
    });
    expect(await here.call('vault.read')).toMatchObject({
      ok: { kind: 'file', setUp: true, problem: { code: 'vault_locked' } },
    });
    expect(await here.call('profiles.list', { first: null })).toMatchObject({
      ok: { profiles: [{ name: 'studio' }] },
    });
    expect(await here.call('vault.unlock', { passphrase: 'not this one' })).toMatchObject({
      error: { code: 'wrong_passphrase' },
    });
    expect(await here.call('vault.read')).toMatchObject({ ok: { problem: { code: 'vault_locked' } } });
    const window = await listen(here);
    expect(await here.call('vault.unlock', { passphrase: vaultPassphrase })).toMatchObject({
      ok: { kind: 'file', problem: null },
    });
    await window.next(changed('vault'));
    expect(await here.call('vault.read')).toMatchObject({ ok: { problem: null } });
    window.close();
  });

  it('with a wrong passphrase in the environment opens by the right one, too', async () => {
    await machine().varvel('keys', 'create', 'pictures');
    await using here = await serving({ VARVEL_PASSPHRASE: 'wrong from the start' });
    expect(await here.call('vault.read')).toMatchObject({ ok: { problem: { code: 'wrong_passphrase' } } });
    expect(await here.call('vault.unlock', { passphrase: vaultPassphrase })).toMatchObject({
      ok: { problem: null },
    });
  });
});

it('the right passphrase opens the vault also while the wrong one is still being tried', async () => {
  await using here = await serve({ env: { ...machine().env, VARVEL_PASSPHRASE: 'not this one' } });
  const looked = here.call('vault.read');
  // an attempt takes about 300 ms
  await sleep(100);
  expect(await here.call('vault.unlock', { passphrase: vaultPassphrase })).toMatchObject({
    ok: { problem: null },
  });
  await looked;
});

it('a passphrase vault that isn’t set up says so, and is set up by the first passphrase', async () => {
  const { VARVEL_PASSPHRASE: _, VARVEL_HOME: home, ...env } = machine().env;
  await using here = await serve({ env: { ...env, VARVEL_HOME: `${home}-new` } });
  expect(await here.call('vault.read')).toMatchObject({
    ok: {
      setUp: false,
      problem: { code: 'vault_locked', message: 'The passphrase vault is not set up yet.' },
    },
  });
  const key = `${randomUUID()}:${'0a'.repeat(16)}`;
  const add = () => here.call('keys.add', { text: key, alias: 'pasted', profile: null });
  expect(await add()).toMatchObject({ error: { code: 'vault_locked' } });
  expect(await here.call('vault.unlock', { passphrase: 'a new one' })).toMatchObject({
    ok: { setUp: true, problem: null },
  });
  expect(await add()).toMatchObject({ ok: { key: { stored: true } } });
  await using later = await serve({ env: { ...env, VARVEL_HOME: `${home}-new` } });
  expect(await later.call('vault.unlock', { passphrase: 'another' })).toMatchObject({
    error: { code: 'wrong_passphrase' },
  });
  expect(await later.call('vault.unlock', { passphrase: 'a new one' })).toMatchObject({
    ok: { problem: null },
  });
});

it('what this face can’t do is answered with what to do instead', async () => {
  await machine().varvel('keys', 'create', 'pictures', '--profile', 'studio');
  await using here = await serving();
  for (const [method, input] of [
    ['keys.addFromClipboard', { alias: null, profile: null, force: false }],
    ['profiles.copyExport', { name: 'studio', shell: null }],
    ['app.choosePath', { kind: 'folder' }],
  ] as const) {
    expect(await here.call(method, input)).toMatchObject({ error: { code: 'usage' } });
  }
  expect(await here.call('app.openPage', { page: 'keys' })).toMatchObject({
    error: { hint: { action: 'advice', text: expect.stringContaining('/dashboard/keys') } },
  });
});

it('a window that quits has its answer before the program is told to end', async () => {
  await using here = await serving();
  expect(here.quit.aborted).toBe(false);
  expect(await here.call('app.quit')).toEqual({ ok: null });
  await expect.poll(() => here.quit.aborted).toBe(true);
  const window = await listen(here);
  await here.web.close();
  await window.closed;
  await expect(fetch(here.origin)).rejects.toThrow();
});

it('the first answer has the theme that was set, and hints speak of the window', async () => {
  await using here = await serving();
  await here.call('settings.change', { theme: 'dark' });
  expect(await here.call('app.start')).toMatchObject({ ok: { theme: 'dark' } });
  const refused = [
    await here.call('profiles.read', { name: 'nobody' }),
    await here.call('keys.copy', { id: 'nothing' }),
    await here.call('accounts.balance', { accountId: 'nobody' }),
    await here.call('exports.undo', { path: '/nowhere/.env', variable: null }),
    await here.call('falcli.undo'),
  ];
  for (const answer of refused) {
    expect(answer).toMatchObject({ error: { hint: { action: expect.any(String) } } });
    expect(JSON.stringify(answer)).not.toMatch(/varvel [a-z]+|--[a-z]/);
  }
});

it('a wrong passphrase is refused while the vault is open, and none of one environment sets up the vault of another', async () => {
  const { VARVEL_PASSPHRASE: _, ...env } = machine().env;
  await using here = await serve({ env });
  const right = { passphrase: vaultPassphrase };
  expect(await here.call('vault.unlock', right)).toMatchObject({ ok: { problem: null } });
  const slip = { passphrase: 'a slip of the finger' };
  const [slipped] = await Promise.all([
    here.call('vault.unlock', slip),
    here.call('app.setEnvironment', { name: 'fal' }),
  ]);
  expect(slipped).toMatchObject({ error: { code: 'wrong_passphrase' } });
  expect(await here.call('vault.read')).toMatchObject({
    ok: { setUp: false, problem: { message: 'The passphrase vault is not set up yet.' } },
  });
  expect(await here.call('vault.unlock', right)).toMatchObject({ ok: { setUp: true, problem: null } });
});
