import { join } from 'node:path';
import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newMachine } from '../../integration/cli/machine.ts';
import { type Served, serve } from '../../integration/web/served.ts';
import { launchChromium } from './chromium.ts';
import { serveOtherSite } from './other-site.ts';

/** Pictures to look at; the folder is made when one is taken. */
const pictures = join(import.meta.dirname, '../../../test-results/web');
const machine = newMachine({ vault: 'file' });
const serving = (): Promise<Served> => serve({ env: machine().env });
let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** A browser with its own cookies; closed at the end. */
async function visit(): Promise<{ page: Page; requests: Request[] } & AsyncDisposable> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const requests: Request[] = [];
  page.on('request', (request) => requests.push(request));
  return { page, requests, [Symbol.asyncDispose]: () => context.close() };
}

/** What a page can try from where it stands; each answer is what it could read, or why it could not. */
const attack = (page: Page, origin: string): Promise<Record<string, string>> =>
  page.evaluate(async (target) => {
    const attempt = async (work: () => Promise<string>) => work().catch((error: Error) => error.name);
    const post = (options: RequestInit) => async () => {
      const response = await fetch(`${target}/bridge/profiles.switch`, {
        method: 'POST',
        credentials: 'include',
        body: '{"name":null}',
        ...options,
      });
      return `${response.type} ${response.status}`;
    };
    return {
      json: await attempt(post({ headers: { 'content-type': 'application/json' } })),
      plain: await attempt(post({})),
      blind: await attempt(post({ mode: 'no-cors' })),
      read: await attempt(async () => (await fetch(`${target}/`, { credentials: 'include' })).text()),
      script: await attempt(
        () =>
          new Promise((resolve) => {
            const script = document.createElement('script');
            script.onload = () => resolve('loaded');
            script.onerror = () => resolve('refused');
            script.src = `${target}/web-bridge.js`;
            document.head.append(script);
          }),
      ),
      frame: await attempt(
        () =>
          new Promise((resolve) => {
            const frame = document.createElement('iframe');
            frame.onload = () => {
              try {
                resolve(frame.contentDocument?.querySelector('#root') ? 'shown' : 'empty');
              } catch {
                resolve('empty');
              }
            };
            frame.src = `${target}/`;
            document.body.append(frame);
          }),
      ),
      socket: await attempt(
        () =>
          new Promise((resolve) => {
            const socket = new WebSocket(`${target.replace('http', 'ws')}/events`);
            socket.onopen = () => resolve('open');
            socket.onerror = () => resolve('refused');
          }),
      ),
      stream: await attempt(
        () =>
          new Promise((resolve) => {
            const stream = new EventSource(`${target}/events`, { withCredentials: true });
            stream.onopen = () => resolve('open');
            stream.onerror = () => resolve('refused');
          }),
      ),
    };
  }, origin);

it('opens the window, and the token is nowhere afterwards', async () => {
  await using here = await serving();
  await using visitor = await visit();
  const { page, requests } = visitor;
  const url = here.web.newLink();
  const token = url.split('/').at(-1) ?? '';
  await page.goto(url);
  await expect.poll(() => page.title()).toBe('connected');
  expect(page.url()).toBe(`${here.origin}/`);
  const seen = await page.evaluate(() => ({
    address: location.href,
    referrer: document.referrer,
    cookie: document.cookie,
    stored: JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]),
    html: document.documentElement.outerHTML,
    entries: performance.getEntries().map(({ name }) => name),
    length: history.length,
  }));
  expect(JSON.stringify(seen)).not.toContain(token);
  expect(seen).toMatchObject({ cookie: '', referrer: '' });
  for (const request of requests.slice(1)) {
    expect(JSON.stringify([request.url(), await request.allHeaders()])).not.toContain(token);
    expect(await request.headerValue('referer')).toBeNull();
  }
  const [cookie] = await page.context().cookies(here.origin);
  expect(cookie).toMatchObject({
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    domain: '127.0.0.1',
    expires: -1,
  });
  await page.reload();
  await expect.poll(() => page.title()).toBe('connected');
  await page.goto(url);
  expect(await page.locator('h1').textContent()).toBe('This link no longer works');
});

it('shows a browser without a link what to do', async () => {
  await using here = await serving();
  await using visitor = await visit();
  const { page } = visitor;
  const problems: string[] = [];
  page.on(
    'console',
    (message) => void (/Content Security/.test(message.text()) && problems.push(message.text())),
  );
  const answer = await page.goto(here.origin);
  expect(answer?.status()).toBe(401);
  expect(await page.locator('h1').textContent()).toBe('Open Varvel with a link');
  expect(await page.locator('main').evaluate((main) => getComputedStyle(main).maxWidth)).toBe('480px');
  expect(problems).toEqual([]);
  await page.screenshot({ path: join(pictures, 'needs-a-link.png') });
});

it('a name that was rebound to this machine gets nothing, not even with the person’s own browser', async () => {
  await using here = await serving();
  await using visitor = await visit();
  const { page } = visitor;
  await page.goto(here.web.url.replace(/\/open.*/, ''));
  await page.goto(here.web.newLink());
  for (const name of ['evil.example', 'localhost']) {
    const rebound = `http://${name}:${here.port}`;
    const url = here.web.newLink();
    const refusedAt = async (address: string) => {
      const tab = await page.context().newPage();
      const answer = tab.waitForResponse((response) => response.url() === address);
      // Chromium shows a page of its own for an answer without one
      await tab.goto(address).catch(() => undefined);
      const status = (await answer).status();
      await tab.close();
      return status;
    };
    expect(await refusedAt(`${rebound}/`)).toBe(403);
    expect(await refusedAt(url.replace('127.0.0.1', name))).toBe(403);
    expect(await page.context().cookies(rebound)).toEqual([]);
    // the page came from the name's own server before the name was rebound: nothing stops it but our server
    await page.route(`${rebound}/page`, (route) => route.fulfill({ contentType: 'text/html', body: '<p>' }));
    await page.goto(`${rebound}/page`);
    expect(await attack(page, rebound)).toMatchObject({
      json: 'basic 403',
      plain: 'basic 403',
      read: '',
      script: 'refused',
      frame: 'empty',
      socket: 'refused',
      stream: 'refused',
    });
    await page.goto(url);
    expect(page.url()).toBe(`${here.origin}/`);
  }
});

it('another site in the same browser can do, read and hear nothing', async () => {
  await using here = await serving();
  await using other = await serveOtherSite();
  await using visitor = await visit();
  const { page } = visitor;
  await here.call('profiles.create', { name: 'studio', change: {} });
  await here.call('profiles.switch', { name: 'studio' });
  await page.goto(here.web.newLink());
  // another port of this machine is the same site for a cookie, but not the same origin
  for (const site of [`http://evil.example:${other.port}`, `http://127.0.0.1:${other.port}`]) {
    await page.goto(site);
    expect(await attack(page, here.origin)).toEqual({
      json: 'TypeError',
      plain: 'TypeError',
      blind: expect.stringMatching(/^(opaque 0|TypeError)$/),
      read: 'TypeError',
      script: 'refused',
      frame: 'empty',
      socket: 'refused',
      stream: 'refused',
    });
    expect(await here.call('profiles.list', { first: null })).toMatchObject({ ok: { current: 'studio' } });
    const popup = page.waitForEvent('popup');
    await page.evaluate((target) => void window.open(target), here.origin);
    const opened = await popup;
    await opened.waitForLoadState();
    expect(await opened.evaluate(() => window.opener)).toBeNull();
    await opened.close();
  }
});

it('two instances stay open beside each other in one browser', async () => {
  await using one = await serving();
  await using other = await serving();
  await using visitor = await visit();
  const { page } = visitor;
  await page.goto(one.web.newLink());
  await page.goto(other.web.newLink());
  for (const { origin } of [one, other, one]) {
    await page.goto(origin);
    await expect.poll(() => page.title()).toBe('connected');
    const answer = await page.evaluate(() => window.varvel?.call('app.start', null));
    expect(answer).toMatchObject({ ok: { face: 'web' } });
  }
});

it('a window answers in words when the program has gone, and when its cookie has', async () => {
  await using visitor = await visit();
  const { page } = visitor;
  const ask = () => page.evaluate(() => window.varvel?.call('profiles.list', { first: null }));
  const here = await serving();
  await page.goto(here.web.newLink());
  expect(await ask()).toMatchObject({ ok: { profiles: [] } });
  await page.evaluate(() => {
    Reflect.set(window, 'heard', []);
    window.varvel?.on('changed', (payload: unknown) => Reflect.get(window, 'heard').push(payload));
  });
  await here.call('profiles.create', { name: 'studio', change: {} });
  await expect
    .poll(() => page.evaluate(() => JSON.stringify(Reflect.get(window, 'heard'))))
    .toContain('profiles');
  await page.context().clearCookies();
  expect(await ask()).toMatchObject({
    error: { code: 'unauthorized', hint: { action: 'advice', text: expect.stringContaining('Enter') } },
  });
  await page.evaluate(() => Reflect.set(window, 'heard', []));
  await here[Symbol.asyncDispose]();
  // the window is told that nothing it knows is sure any more
  await expect
    .poll(() => page.evaluate(() => JSON.stringify(Reflect.get(window, 'heard'))))
    .toContain('vault');
  expect(await ask()).toMatchObject({
    error: { code: 'unreachable', hint: { action: 'advice', text: expect.stringContaining('varvel web') } },
  });
});
