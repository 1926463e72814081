import { describe, expect, it } from 'vitest';
import { type Head, refusedStatus } from '../../../web/gate.ts';

const port = 4317;
const ours = { host: ['127.0.0.1:4317'] };

const ask = (head: Partial<Head>): number | null =>
  refusedStatus({ method: 'GET', url: '/', headersDistinct: ours, ...head }, port);

const withHeaders = (headers: Record<string, string[]>, method = 'GET'): number | null =>
  ask({ method, headersDistinct: { ...ours, ...headers } });

describe('the gate', () => {
  it('lets our own address in, and no other way of writing it', () => {
    expect(ask({})).toBeNull();
    for (const host of [
      'localhost:4317',
      '127.0.0.1',
      '127.0.0.1:4318',
      '127.0.0.1:04317',
      '127.0.0.1:4317.',
      '127.0.0.1.:4317',
      '127.1:4317',
      '2130706433:4317',
      '0x7f.0.0.1:4317',
      '[::1]:4317',
      '[::ffff:127.0.0.1]:4317',
      '0.0.0.0:4317',
      'evil.example:4317',
      'evil.example',
      'me@127.0.0.1:4317',
      '127.0.0.1:4317, evil.example',
      '',
    ]) {
      expect({ host, status: withHeaders({ host: [host] }) }).toEqual({ host, status: 403 });
    }
  });

  it('turns away a request with no Host or with two', () => {
    expect(ask({ headersDistinct: {} })).toBe(403);
    expect(withHeaders({ host: ['127.0.0.1:4317', '127.0.0.1:4317'] })).toBe(403);
    expect(withHeaders({ host: ['127.0.0.1:4317', 'evil.example'] })).toBe(403);
  });

  it('turns away an address with a host of its own', () => {
    expect(ask({ url: 'http://127.0.0.1:4317/' })).toBe(403);
    expect(ask({ url: 'http://evil.example/' })).toBe(403);
    expect(ask({ url: '//evil.example/' })).toBe(403);
    expect(ask({ url: '*' })).toBe(403);
  });

  it('turns away a service worker, and a page that is not for a tab', () => {
    expect(withHeaders({ 'service-worker': ['script'] })).toBe(403);
    expect(withHeaders({ 'service-worker-navigation-preload': ['true'] })).toBe(403);
    for (const url of ['/', '/?a', '/open/token'])
      for (const [destination, status] of [
        ['document', null],
        ['empty', 403],
        ['iframe', 403],
        ['', 403],
      ] as const)
        expect({
          url,
          destination,
          status: ask({ url, headersDistinct: { ...ours, 'sec-fetch-dest': [destination] } }),
        }).toEqual({ url, destination, status });
    expect(
      ask({ url: '/web-bridge.js', headersDistinct: { ...ours, 'sec-fetch-dest': ['script'] } }),
    ).toBeNull();
  });

  it('takes no Origin but our own, and wants one where a script asks', () => {
    for (const origin of [
      'null',
      'http://localhost:4317',
      'http://127.0.0.1',
      'https://127.0.0.1:4317',
      '',
    ]) {
      expect({ origin, status: withHeaders({ origin: [origin] }) }).toEqual({ origin, status: 403 });
    }
    const good = { origin: ['http://127.0.0.1:4317'] };
    expect(withHeaders(good)).toBeNull();
    expect(withHeaders({ origin: [...good.origin, ...good.origin] })).toBe(403);
    expect(withHeaders({}, 'POST')).toBe(403);
    expect(withHeaders(good, 'POST')).toBeNull();
    expect(withHeaders({ upgrade: ['websocket'] })).toBe(403);
    expect(withHeaders({ ...good, upgrade: ['websocket'] })).toBeNull();
  });

  it('believes a browser that says who asks', () => {
    expect(withHeaders({ 'sec-fetch-site': ['none'] })).toBeNull();
    const ofOurPage = { ...ours, 'sec-fetch-site': ['same-origin'] };
    for (const url of ['/bridge/keys.list', '/events', '/web-bridge.js'])
      expect(ask({ url, headersDistinct: ofOurPage })).toBeNull();
    // a page is opened by a person, and by no page: one of another program may be left over
    const brands = (version: number) => ({
      'sec-ch-ua': [`"Chromium";v="${version}", "Not A Brand";v="24"`],
    });
    for (const url of ['/', '/?a', '/open/token']) {
      expect(ask({ url, headersDistinct: ofOurPage })).toBe(403);
      expect(ask({ url, headersDistinct: { ...ofOurPage, ...brands(130) } })).toBe(403);
      // it parts the two
      expect(ask({ url, headersDistinct: { ...ofOurPage, ...brands(131) } })).toBeNull();
    }
    for (const site of ['cross-site', 'same-site', '', 'Same-Origin']) {
      expect(withHeaders({ 'sec-fetch-site': [site] })).toBe(403);
    }
    expect(withHeaders({ 'sec-fetch-site': ['none', 'cross-site'] })).toBe(403);
  });

  it('knows two methods', () => {
    for (const method of ['HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE']) {
      expect(ask({ method })).toBe(405);
    }
  });
});
