import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newMachine } from '../../integration/cli/machine.ts';
import { launchChromium } from './chromium.ts';
import { plantWorker, type Stranger, servePages, takePort } from './stranger-on-the-port.ts';

const machine = newMachine({ vault: 'file' });
let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** The window of a running program, and what ends the program. */
async function opened() {
  const program = machine().start({}, 'web', '--no-browser');
  const [url = ''] = await program.says(/http:\S+/);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(() => {
    const sockets: WebSocket[] = [];
    Object.assign(window, { sockets });
    window.WebSocket = class extends WebSocket {
      constructor(address: string | URL) {
        super(address);
        sockets.push(this);
      }
    };
  });
  await page.goto(url);
  await page.locator('#root > *').first().waitFor();
  const end = async () => {
    program.process.kill('SIGTERM');
    await program.ended;
  };
  return { page, url: new URL(url), end, close: () => context.close() };
}

const call = (page: Page, method: string, input: object): Promise<string> =>
  page.evaluate(
    `window.varvel.call(${JSON.stringify(method)}, ${JSON.stringify(input)}).then(JSON.stringify)`,
  );

/** All that a program which isn’t the page’s own is sent: no cookie, nothing of the page’s, and no call. */
function expectOnlyChallenges({ asked }: Stranger): void {
  // the page may have been loading
  const sent = asked.filter(({ what }) => !what.startsWith('GET '));
  expect(new Set(sent.map(({ what, cookie }) => `${what} ${cookie}`))).toEqual(
    new Set(['POST /proof undefined']),
  );
  for (const { body } of sent) expect(body).toMatch(/^\{"challenge":"[0-9a-f]{64}"\}$/);
  expect(new Set(sent.map(({ body }) => body)).size).toBe(sent.length);
}

it('a program that takes the port of one that ended is sent nothing by its window', async () => {
  const { page, url, end, close } = await opened();
  await end();
  await page.getByText('Varvel is no longer running.').first().waitFor();
  await using stranger = await takePort(Number(url.port));
  await expect.poll(() => stranger.asked.length, { timeout: 20_000 }).toBeGreaterThan(1);
  expect(await call(page, 'vault.unlock', { passphrase: 'correct horse battery staple' })).toMatch(
    /no longer running/,
  );
  expectOnlyChallenges(stranger);
  await page.getByText('Varvel is no longer running.').first().waitFor();
  await close();
});

it('a window whose connection was cut goes on when it is back', async () => {
  const { page, end, close } = await opened();
  await page.evaluate(() => {
    const [socket] = Reflect.get(window, 'sockets');
    socket.close();
  });
  await expect
    .poll(() => call(page, 'profiles.list', { first: null }), { timeout: 20_000 })
    .toMatch(/"current"/);
  await end();
  await close();
});

it('a program that takes the port while the page loads is sent nothing either', async () => {
  const program = machine().start({}, 'web', '--no-browser');
  const [url = ''] = await program.says(/http:\S+/);
  await using context = await browser.newContext();
  const page = await context.newPage();
  const { promise: taken, resolve } = Promise.withResolvers<void>();
  await page.route('**/web-bridge.js', async (route) => {
    const response = await route.fetch();
    await taken;
    await route.fulfill({ response });
  });
  const loading = page.goto(url, { waitUntil: 'commit' });
  await page.waitForRequest('**/web-bridge.js');
  await new Promise((done) => setTimeout(done, 500));
  program.process.kill('SIGTERM');
  await program.ended;
  await using stranger = await takePort(Number(new URL(url).port));
  resolve();
  await loading;
  await expect.poll(() => stranger.asked.length, { timeout: 20_000 }).toBeGreaterThan(1);
  expect(await call(page, 'vault.unlock', { passphrase: 'correct horse battery staple' })).toMatch(
    /no longer running/,
  );
  expectOnlyChallenges(stranger);
});

it('what another program left in the browser on the port, a service worker and an open page, reaches nothing', async () => {
  const before = await opened();
  await before.end();
  {
    await using _ = await plantWorker(Number(before.url.port));
    await before.page.reload();
    await expect.poll(() => before.page.title(), { timeout: 20_000 }).toBe('planted');
  }
  const program = machine().start({}, 'web', '--no-browser', '--port', before.url.port);
  const [url = ''] = await program.says(/http:\S+/);
  const page = await before.page.context().newPage();
  await page.goto(url);
  // the first answer may go to the worker, which is refused and removed by it
  if ((await page.locator('#root').count()) === 0) await page.goto(url);
  await page.locator('#root > *').first().waitFor();
  expect(await page.title()).not.toBe('theirs');
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  // the left-over page has the cookie now
  const tried = await before.page.evaluate(async () => {
    const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: 'null' };
    const statusOf = async (path: string, options?: RequestInit) =>
      fetch(path, options).then(({ status }) => status);
    const socket = new WebSocket(`ws://${location.host}/events`);
    // from the start: it may be refused at once
    const events = new Promise((resolve) => {
      socket.onopen = () => resolve('open');
      socket.onclose = () => resolve('closed');
    });
    return {
      page: await statusOf('/'),
      call: await statusOf('/bridge/keys.list', post),
      guess: await statusOf('/bridge/keys.list', {
        ...post,
        headers: { ...post.headers, 'x-varvel-window': 'guess' },
      }),
      events: await events,
    };
  });
  expect(tried).toEqual({ page: 403, call: 401, guess: 401, events: 'closed' });
  expect(await call(page, 'profiles.list', { first: null })).toMatch(/"current"/);
  program.process.kill('SIGTERM');
  await program.ended;
  await before.close();
});

it.each(['same-origin', 'unsafe-none'])(
  'a window that a left-over page of another program opened is closed to it when it shows ours (its policy: %s)',
  async (policy) => {
    const before = await opened();
    await before.end();
    const { page: theirs } = before;
    const context = theirs.context();
    const opening = context.waitForEvent('page');
    {
      await using _ = await servePages(Number(before.url.port), '<title>theirs</title>', policy);
      await theirs.goto(`${before.url.origin}/left-over`);
      await theirs.evaluate(() => Object.assign(window, { opened: window.open('/wait') }));
      await (await opening).waitForLoadState();
    }
    const popup = await opening;
    const program = machine().start({}, 'web', '--no-browser', '--port', before.url.port);
    const [url = ''] = await program.says(/http:\S+/);
    const ours = await context.newPage();
    await ours.goto(url);
    await ours.locator('#root > *').first().waitFor();
    const seen = () =>
      theirs.evaluate(() => {
        try {
          const opened = Reflect.get(window, 'opened');
          return ['varvel' in opened, opened.document.querySelector('meta[name^=varvel]') !== null];
        } catch {
          return [false, false];
        }
      });
    // they send the window here, and it is theirs no more
    await theirs.evaluate(() => {
      Reflect.get(window, 'opened').location = '/';
    });
    await popup.locator('#root > *').first().waitFor();
    expect(await seen()).toEqual([false, false]);
    // the person opens the address in it
    await popup.goto(new URL(url).origin);
    await popup.locator('#root > *').first().waitFor();
    expect(await seen()).toEqual([false, false]);
    // and our own page may load itself again, as after a crash
    await popup.evaluate(() => location.reload());
    await popup.locator('#root > *').first().waitFor();
    expect(await popup.evaluate(() => 'varvel' in window)).toBe(true);
    program.process.kill('SIGTERM');
    await program.ended;
    await before.close();
  },
);
