import { spawn } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { figure } from '../../attacks/figures.ts';
import { newMachine } from '../cli/machine.ts';
import { exchange, openSocket, type Served, sendRaw, serve, upgradeLines } from './served.ts';

const machine = newMachine({ vault: 'file' });
const serving = (): Promise<Served> => serve({ env: machine().env });

const routes = (token: string): [method: string, path: string][] => [
  ['GET', '/'],
  ['GET', '/assets/app.js'],
  ['GET', '/web-bridge.js'],
  ['GET', '/notice.css'],
  ['GET', `/open/${token}`],
  ['GET', '/events'],
  ['POST', '/bridge/app.start'],
  ['GET', '/no/such/thing'],
];

const tokenOf = (url: string): string => url.split('/').at(-1) ?? '';

/** A program of a user sends a request, and is gone before it is answered. */
async function askAndLeave(user: { uid: number; gid: number }, host: string, url: string): Promise<void> {
  const { port, pathname } = new URL(url);
  const script = `exec 3<>/dev/tcp/${host}/${port} && printf 'GET %s HTTP/1.1\\r\\nHost: 127.0.0.1:${port}\\r\\n\\r\\n' ${pathname} >&3; exec 3>&-`;
  const child = spawn('/bin/bash', ['-c', script], { ...user, stdio: 'ignore' });
  await new Promise((resolve) => child.once('exit', resolve));
}

/** What a program of a user gets, over IPv4 or over IPv6 as it reaches IPv4. */
async function answeredTo(user: { uid?: number; gid?: number }, host: string, url: string): Promise<string> {
  const { port, pathname } = new URL(url);
  const script = `exec 3<>/dev/tcp/${host}/${port} && printf 'GET %s HTTP/1.1\\r\\nHost: 127.0.0.1:${port}\\r\\nConnection: close\\r\\n\\r\\n' ${pathname} >&3 && cat <&3`;
  const child = spawn('/bin/bash', ['-c', script], { ...user, stdio: ['ignore', 'pipe', 'ignore'] });
  return await text(child.stdout);
}

describe.each(['127.0.0.1', '::ffff:127.0.0.1'])('a link at %s', (host) => {
  it('is exchanged for a program of this user', async () => {
    await using here = await serving();
    expect(await answeredTo({}, host, here.web.newLink())).toMatch(/^HTTP\/1\.1 303 .*set-cookie/is);
  });

  it.runIf(process.getuid?.() === 0)(
    'is not for another user of the machine, who may have seen it',
    async () => {
      const notices: string[] = [];
      await using here = await serve({ env: machine().env, onNotice: (sentence) => notices.push(sentence) });
      const link = here.web.newLink();
      const other = { uid: 65_534, gid: 65_534 };
      for (let tries = 0; tries < 20; tries += 1) {
        expect(await answeredTo(other, host, link)).toBe('');
        await askAndLeave(other, host, link);
      }
      expect(notices).toEqual([expect.stringContaining('another user of this machine (user id 65534)')]);
      expect(await exchange(link)).toMatch(/^varvel-/);
    },
  );
});

describe('every route', () => {
  it('refuses a Host that isn’t exactly ours, and uses no link up by it', async () => {
    await using here = await serving();
    const { port, cookie, origin } = here;
    const token = tokenOf(here.web.newLink());
    const rebound = [
      ['Host: evil.example'],
      [`Host: evil.example:${port}`],
      [`Host: localhost:${port}`],
      ['Host: 127.0.0.1'],
      [`Host: 127.0.0.1:${port + 1}`],
      [`Host: 127.0.0.1.:${port}`],
      [`Host: [::1]:${port}`],
      ['Host:'],
      [],
      [`Host: 127.0.0.1:${port}`, 'Host: evil.example'],
      ['Host: evil.example', `Host: 127.0.0.1:${port}`],
      [`Host: 127.0.0.1:${port}`, `Host: 127.0.0.1:${port}`],
    ];
    for (const [method, path] of routes(token)) {
      for (const host of rebound) {
        const answer = await sendRaw(port, [
          `${method} ${path} HTTP/1.1`,
          ...host,
          `Origin: ${origin}`,
          `Cookie: ${cookie}`,
          'Content-Type: application/json',
          'Content-Length: 0',
          'Connection: close',
        ]);
        expect([403, 400], `${method} ${path} ${host}`).toContain(answer.status);
        expect(answer.body).toBe('');
        expect(answer.headers['set-cookie']).toBeUndefined();
      }
      const absolute = await sendRaw(port, [
        `${method} http://127.0.0.1:${port}${path} HTTP/1.1`,
        `Host: 127.0.0.1:${port}`,
        `Origin: ${origin}`,
        `Cookie: ${cookie}`,
        'Content-Length: 0',
        'Connection: close',
      ]);
      expect([400, 403], path).toContain(absolute.status);
    }
    expect(await exchange(`${origin}/open/${token}`)).toMatch(/^varvel-/);
    const tries = routes(token).length * (rebound.length + 1);
    figure(15, 'wrong Hosts', { 'requests with a wrong Host': tries, answered: 0 });
  });

  it('refuses HTTP/1.0 without a Host, folded headers and other nonsense', async () => {
    await using here = await serving();
    for (const lines of [
      ['GET / HTTP/1.0'],
      ['GET / HTTP/1.1', `Host: 127.0.0.1:${here.port}`, ' evil.example'],
      ['GET / HTTP/1.1', `Host : 127.0.0.1:${here.port}`],
      [`CONNECT 127.0.0.1:${here.port} HTTP/1.1`, `Host: 127.0.0.1:${here.port}`],
      ['PRI * HTTP/2.0'],
    ]) {
      const { status, body } = await sendRaw(here.port, [...lines, `Cookie: ${here.cookie}`]);
      expect([0, 400, 403, 405, 505], lines.join()).toContain(status);
      expect(body).toBe('');
    }
  });

  it('refuses another site’s page, whatever it sends along', async () => {
    await using here = await serving();
    const { port, cookie } = here;
    const token = tokenOf(here.web.newLink());
    for (const [method, path] of routes(token)) {
      for (const sign of [
        'Origin: http://evil.example',
        'Origin: null',
        `Origin: http://localhost:${port}`,
        `Origin: http://127.0.0.1:${port + 1}`,
        'Sec-Fetch-Site: cross-site',
        'Sec-Fetch-Site: same-site',
      ]) {
        const ours = sign.startsWith('Sec') ? [`Origin: http://127.0.0.1:${port}`] : [];
        const answer = await sendRaw(
          port,
          [
            `${method} ${path} HTTP/1.1`,
            `Host: 127.0.0.1:${port}`,
            sign,
            ...ours,
            `Cookie: ${cookie}`,
            'Content-Type: application/json',
            'Content-Length: 4',
            'Connection: close',
          ],
          'null',
        );
        expect(answer.status, `${method} ${path} ${sign}`).toBe(403);
        expect(answer.headers['set-cookie']).toBeUndefined();
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      }
    }
    expect(await exchange(`${here.origin}/open/${token}`)).toMatch(/^varvel-/);
  });

  it('answers nobody without a cookie, and tells them nothing of what there is', async () => {
    await using here = await serving();
    const { port, origin } = here;
    const bodies = new Set<string>();
    for (const [method, path] of routes('x'.repeat(43))) {
      if (path.startsWith('/open/') || path === '/notice.css') continue;
      const answer = await sendRaw(port, [
        `${method} ${path} HTTP/1.1`,
        `Host: 127.0.0.1:${port}`,
        `Origin: ${origin}`,
        'Content-Type: application/json',
        'Content-Length: 0',
        'Connection: close',
      ]);
      expect(answer.status, path).toBe(401);
      bodies.add(answer.body);
    }
    expect(bodies.size).toBe(1);
  });

  it('carries the headers that keep a page to itself, refusals too', async () => {
    await using here = await serving();
    const { port, origin, cookie } = here;
    const heads = [
      ['GET / HTTP/1.1', `Host: 127.0.0.1:${port}`, `Cookie: ${cookie}`],
      ['GET /web-bridge.js HTTP/1.1', `Host: 127.0.0.1:${port}`, `Cookie: ${cookie}`],
      ['GET / HTTP/1.1', `Host: 127.0.0.1:${port}`, 'Accept: text/html'],
      ['GET / HTTP/1.1', 'Host: evil.example'],
      ['GET /open/x HTTP/1.1', `Host: 127.0.0.1:${port}`],
      ['GET /%ff HTTP/1.1', `Host: 127.0.0.1:${port}`, `Cookie: ${cookie}`],
      ['GET /no HTTP/1.1', `Host: 127.0.0.1:${port}`, `Cookie: ${cookie}`],
      ['PUT / HTTP/1.1', `Host: 127.0.0.1:${port}`, `Cookie: ${cookie}`],
      ['POST /bridge/no HTTP/1.1', `Host: 127.0.0.1:${port}`, `Origin: ${origin}`, `Cookie: ${cookie}`],
    ];
    const statuses: number[] = [];
    for (const head of heads) {
      const { status, headers } = await sendRaw(port, [...head, 'Connection: close']);
      statuses.push(status);
      expect(headers, head.join()).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-src 'none'; frame-ancestors 'none'; object-src 'none'",
      });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(headers).not.toHaveProperty('server');
      expect(headers).not.toHaveProperty('x-powered-by');
    }
    expect(statuses).toEqual([200, 200, 401, 403, 410, 400, 404, 405, 415]);
  });
});

describe('the event stream', () => {
  it('opens for our own page with its cookie, and for nobody else', async () => {
    await using here = await serving();
    const { port, origin, cookie, windowKey } = here;
    const open = (path: string, ...headers: string[]) =>
      openSocket(port, [...upgradeLines(path), ...headers]);
    const host = `Host: 127.0.0.1:${port}`;
    const ours = `/events?window=${windowKey}`;
    expect(await open(ours, host, `Origin: ${origin}`, `Cookie: ${cookie}`)).toBe(101);
    for (const other of ['/events', '/events?window=', `${ours}x`])
      expect(await open(other, host, `Origin: ${origin}`, `Cookie: ${cookie}`), other).toBe(401);
    expect(await open('/events', host, `Origin: ${origin}`)).toBe(401);
    expect(await open('/events', host, `Cookie: ${cookie}`)).toBe(403);
    expect(await open('/events', host, 'Origin: http://evil.example', `Cookie: ${cookie}`)).toBe(403);
    expect(await open('/events', host, 'Origin: null', `Cookie: ${cookie}`)).toBe(403);
    expect(
      await open('/events', 'Host: evil.example', 'Origin: http://evil.example', `Cookie: ${cookie}`),
    ).toBe(403);
    expect(
      await open('/events', host, `Origin: ${origin}`, 'Sec-Fetch-Site: cross-site', `Cookie: ${cookie}`),
    ).toBe(403);
    expect(await open('/bridge/app.start', host, `Origin: ${origin}`, `Cookie: ${cookie}`)).toBe(404);
  });
});

describe('the link', () => {
  it('lets one browser in once; a new one is made for the next', async () => {
    await using here = await serving();
    const url = here.web.newLink();
    const first = await exchange(url);
    expect(first).toMatch(/^varvel-[0-9a-f]{16}=[\w-]{43}$/);
    const again = await fetch(url, { redirect: 'manual', headers: { cookie: first } });
    expect(again.status).toBe(410);
    expect(again.headers.get('set-cookie')).toBeNull();
    expect(await again.text()).toContain('This link no longer works');
    const second = await exchange(here.web.newLink());
    expect(second).not.toBe(first);
    for (const cookie of [here.cookie, first, second]) {
      expect((await fetch(here.origin, { headers: { cookie } })).status).toBe(200);
    }
  });

  it('is not used up by a look ahead or by another method', async () => {
    await using here = await serving();
    const url = here.web.newLink();
    expect(
      (await fetch(url, { redirect: 'manual', headers: { 'sec-purpose': 'prefetch;prerender' } })).status,
    ).toBe(503);
    expect((await fetch(url, { redirect: 'manual', method: 'HEAD' })).status).toBe(405);
    expect(await exchange(url)).toMatch(/^varvel-/);
  });

  it('leads to an address without its token, by a cookie with every flag', async () => {
    await using here = await serving();
    const answer = await fetch(here.web.newLink(), { redirect: 'manual' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/');
    expect(answer.headers.get('set-cookie')).toMatch(
      /^varvel-[0-9a-f]{16}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
  });
});

it('two instances know each other’s browsers apart', async () => {
  await using one = await serve({ env: machine().env });
  await using other = await serve({ env: machine().env });
  expect(one.port).not.toBe(other.port);
  expect(one.cookie.split('=')[0]).not.toBe(other.cookie.split('=')[0]);
  const status = async (served: Served, cookie: string) =>
    (await fetch(served.origin, { headers: { cookie } })).status;
  expect(await status(one, other.cookie)).toBe(401);
  expect(await status(one, `${other.cookie}; ${one.cookie}`)).toBe(200);
  expect(await status(other, `${other.cookie}; ${one.cookie}`)).toBe(200);
});

it('listens on 127.0.0.1 and on no other address of this machine', async () => {
  await using here = await serving();
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ address, scopeid }) => address !== '127.0.0.1' && !scopeid)
    .map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address));
  for (const host of [...others, '127.0.0.2', '[::1]']) {
    await expect(
      fetch(`http://${host}:${here.port}/`, { signal: AbortSignal.timeout(2000) }),
    ).rejects.toThrow();
  }
});

it('a port in use is a conflict that says what to do', async () => {
  await using here = await serving();
  await expect(serve({ env: machine().env, port: here.port })).rejects.toMatchObject({
    code: 'conflict',
    hint: { action: 'advice', text: expect.stringContaining('--port') },
  });
});
