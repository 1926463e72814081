import { expect, test } from 'vitest';
import { createPlainBrowser } from '../../sandbox/plain-browser.ts';
import { expectFailure, whoami } from '../contract.ts';
import { newMachine } from '../machine.ts';
import type { Running } from '../program.ts';
import { tokenRequests } from '../requests.ts';

const machine = newMachine();

async function begin(
  ...more: string[]
): Promise<{ login: Running; url: string; callback: URL; state: string }> {
  const login = machine().start({}, 'login', '--flow', 'loopback', '--no-browser', ...more);
  const [, url = ''] = await login.says(/(http:\/\/\S+)\n/);
  const asked = new URL(url).searchParams;
  return {
    login,
    url,
    callback: new URL(asked.get('redirect_uri') ?? ''),
    state: asked.get('state') ?? '',
  };
}

/** Goes through the pages as a browser, up to the address of the callback, which is not opened. */
async function callbackOf(url: string, callback: URL): Promise<URL> {
  const browser = createPlainBrowser((address) => address.startsWith(callback.href));
  const ended = await browser.follow(await browser.open(url), 'data-person="ada"');
  return new URL(ended.url);
}

test('through the pages of the browser a person is signed in and told that the tab can be closed', async () => {
  const { login, url } = await begin('--connection', 'github');
  const browser = createPlainBrowser();
  const page = await browser.follow(await browser.open(url), 'data-person="ada"');
  expect(page).toMatchObject({ status: 200 });
  // the one-time code has left the address
  expect(page.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/done$/);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page.headers.get('cache-control')).toContain('no-store');
  expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  expect(await login.ended).toMatchObject({ code: 0, stdout: `${url}\n` });
  const { identities } = await machine().json(whoami, 'whoami');
  expect(identities).toMatchObject([{ email: 'ada@example.com', connection: 'github' }]);
});

test('what is asked of the provider has PKCE S256 and a state of 128 bits or more, new each time', async () => {
  const first = await begin('--connection', 'github');
  const second = await begin('--connection', 'github');
  const asked = new URL(first.url).searchParams;
  expect(asked.get('code_challenge_method')).toBe('S256');
  expect(asked.get('code_challenge')).toMatch(/^[\w-]{43}$/);
  expect(first.state).toMatch(/^[\w-]{22,}$/);
  expect(second.state).not.toBe(first.state);
  expect(first.callback.hostname).toBe('127.0.0.1');
  for (const { login } of [first, second]) {
    login.process.kill('SIGINT');
    expect(await login.ended).toMatchObject({ code: 130 });
  }
});

test.each([
  ['a wrong state', (url: URL) => url.searchParams.set('state', 'x'.repeat(43))],
  ['no state', (url: URL) => url.searchParams.delete('state')],
  ['the state twice', (url: URL) => url.searchParams.append('state', url.searchParams.get('state') ?? '')],
  [
    'another path',
    (url: URL) => {
      url.pathname += '/';
    },
  ],
])('%s is turned away without a token request, and the right callback still counts', async (_, spoil) => {
  const { login, url, callback } = await begin('--connection', 'github');
  const right = await callbackOf(url, callback);
  const wrong = new URL(right);
  spoil(wrong);
  const answer = await fetch(wrong, { redirect: 'manual' });
  expect([400, 404]).toContain(answer.status);
  expect(await tokenRequests(machine().sandbox)).toBe(0);
  await fetch(right);
  expect(await login.ended).toMatchObject({ code: 0 });
  expect(await tokenRequests(machine().sandbox)).toBe(1);
});

test('a POST to the callback, and a name that was bound to this machine, are turned away', async () => {
  const { login, url, callback } = await begin('--connection', 'github');
  const right = await callbackOf(url, callback);
  expect((await fetch(right, { method: 'POST', redirect: 'manual' })).status).toBe(405);
  const foreign = new URL(right);
  foreign.hostname = 'localhost';
  const status = await fetch(foreign, { redirect: 'manual' }).then(
    (answer) => answer.status,
    () => 'nothing listens there',
  );
  expect([400, 'nothing listens there']).toContain(status);
  expect(await tokenRequests(machine().sandbox)).toBe(0);
  await fetch(right);
  expect(await login.ended).toMatchObject({ code: 0 });
});

test('an answer of another issuer makes no token request (RFC 9207)', async () => {
  const { login, url, callback } = await begin('--connection', 'github');
  const right = await callbackOf(url, callback);
  expect(right.searchParams.get('iss')).toBe(machine().sandbox.environment.issuer);
  right.searchParams.set('iss', 'https://auth.example.org/');
  await fetch(right, { redirect: 'manual' });
  expectFailure(await login.ended, 7, /can’t be trusted|denied/, /varvel login/, /^http/);
  expect(await tokenRequests(machine().sandbox)).toBe(0);
});

test('cancelling in the browser ends the sign-in with 7', async () => {
  const { login, url } = await begin('--connection', 'github');
  const browser = createPlainBrowser();
  await browser.press(await browser.open(url), 'name="cancel"');
  expectFailure(await login.ended, 7, /denied in the browser/, /varvel login/, /^http/);
  expect(await tokenRequests(machine().sandbox)).toBe(0);
});

test('when the sign-in is over nothing listens any more', async () => {
  const { login, callback } = await begin('--connection', 'github');
  expect((await fetch(callback)).status).toBe(400);
  login.process.kill('SIGINT');
  await login.ended;
  await expect(fetch(callback)).rejects.toThrow();
});

test('a browser named by BROWSER is opened with the address and nothing is printed to open', async () => {
  const login = machine().start(
    { env: { BROWSER: 'true' } },
    'login',
    '--flow',
    'loopback',
    '--connection',
    'github',
  );
  await login.says(/Continue in your browser/);
  expect(login.said().stderr).not.toContain('http://');
  login.process.kill('SIGINT');
  await login.ended;
});
