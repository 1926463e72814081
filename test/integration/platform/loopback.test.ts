import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createLoopback } from '../../../platform/net/loopback.ts';
import { figure } from '../../attacks/figures.ts';

const listen = () =>
  createLoopback().listen('/callback', (parameters) => parameters.get('state') === 'right');

/** A request written by hand, since fetch would not send these. */
async function raw(redirectUri: string, line: string, host?: string): Promise<string> {
  const { port } = new URL(redirectUri);
  const socket = connect({ host: '127.0.0.1', port: Number(port) });
  const parts: string[] = [];
  socket.setEncoding('utf8').on('data', (part: string) => parts.push(part));
  socket.write(`${line} HTTP/1.1\r\nHost: ${host ?? `127.0.0.1:${port}`}\r\nConnection: close\r\n\r\n`);
  await once(socket, 'close');
  return parts.join('').split('\r\n')[0] ?? '';
}

test('the right answer ends the sign-in, and the code leaves the address bar', async () => {
  const listener = await listen();
  expect(listener.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  const page = await fetch(`${listener.redirectUri}?code=c%201&state=right`);
  expect((await listener.callback).href).toBe(`${listener.redirectUri}?code=c%201&state=right`);
  expect(page.redirected).toBe(true);
  expect(new URL(page.url).pathname + new URL(page.url).search).toBe('/done');
  expect(await page.text()).toContain('You can close this page.');
  expect((await fetch(`${listener.redirectUri}?code=c&state=right`)).status).toBe(410);
  await listener.close();
  await expect(fetch(listener.redirectUri)).rejects.toThrow();
});

test('the page is fixed, loads nothing, is not kept and tells nobody where it was', async () => {
  const listener = await listen();
  const callback = await fetch(`${listener.redirectUri}?state=right`, { redirect: 'manual' });
  const page = await fetch(new URL('/done', listener.redirectUri));
  for (const { headers } of [callback, page]) {
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; frame-anc/,
    );
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
  const html = await page.text();
  const style = /<style>([\s\S]*)<\/style>/.exec(html)?.[1] ?? '';
  const { createHash } = await import('node:crypto');
  const hash = createHash('sha256').update(style).digest('base64');
  expect(page.headers.get('content-security-policy')).toContain(`'sha256-${hash}'`);
  expect(html).not.toContain('<script');
  await listener.close();
});

test('what is not the callback is turned away, and the sign-in waits on', async () => {
  const listener = await listen();
  const { port } = new URL(listener.redirectUri);
  let tries = 0;
  let ended = 0;
  void listener.callback.then(() => {
    ended += 1;
  });
  const asked = (line: string, host?: string) => {
    tries += 1;
    return raw(listener.redirectUri, line, host);
  };
  expect(await asked('GET /callback?state=wrong')).toContain(' 400 ');
  expect(await asked('GET /callback')).toContain(' 400 ');
  expect(await asked('POST /callback?state=right')).toContain(' 405 ');
  expect(await asked('HEAD /callback?state=right')).toContain(' 405 ');
  for (const path of [
    '/',
    '/callback/',
    '/callback%20',
    '//callback',
    '/x/../callback',
    '/CALLBACK',
    '/done',
  ]) {
    expect(await asked(`GET ${path}?state=right`)).toContain(' 404 ');
  }
  expect(await asked(`GET http://127.0.0.1:${port}/callback?state=right`)).toContain(' 404 ');
  for (const host of [
    '127.0.0.1',
    `localhost:${port}`,
    'evil.example',
    `evil.example:${port}`,
    `127.0.0.1:${port}.`,
  ]) {
    expect(await asked('GET /callback?state=right', host)).toContain(' 400 ');
  }
  figure(9, 'what isn’t the callback', { 'wrong callbacks': tries, 'sign-ins ended by one': ended });
  expect(ended).toBe(0);
  expect(await asked('GET /callback?state=right')).toContain(' 303 ');
  expect((await listener.callback).search).toBe('?state=right');
  await listener.close();
});

test('a sign-in that is given up closes its port at once', async () => {
  const listener = await listen();
  await listener.close();
  await expect(fetch(listener.redirectUri)).rejects.toThrow();
});
