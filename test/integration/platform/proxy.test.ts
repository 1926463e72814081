import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { IsolateController } from '../../../core/fal/gen/isolate_controller_pb.js';
import { proxyFromPac, proxyFromVariables } from '../../../platform/net/proxy.ts';
import { runChild } from './child.ts';
import { remoteCertificate, remoteCertificateKey } from './self-signed.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
/** The system's certificates, as OpenSSL is told where they are. */
const authorities = join(folder.path, 'authorities.pem');
const stack = new AsyncDisposableStack();
let target = '';
let proxyPort = 0;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address && typeof address === 'object' ? address.port : 0;
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const socket = createConnection(port, '127.0.0.1');
    const isOpen = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isOpen) return;
  }
}

/** Starts tinyproxy, a proxy that others wrote, with a login for `guest`. */
async function startProxy(): Promise<void> {
  proxyPort = await freePort();
  const config = join(folder.path, 'tinyproxy.conf');
  const lines = [`Port ${proxyPort}`, 'Listen 127.0.0.1', `LogFile "${folder.path}/log"`, 'LogLevel Connect'];
  writeFileSync(config, `${[...lines, 'BasicAuth guest s3cret'].join('\n')}\n`);
  const proxy = spawn('tinyproxy', ['-d', '-c', config], { stdio: 'ignore' });
  stack.defer(async () => {
    proxy.kill();
    await once(proxy, 'exit');
  });
  await listening(proxyPort);
}

/** An https and gRPC server on an address that Varvel takes for another machine’s. */
async function startServer(): Promise<void> {
  const grpc = connectNodeAdapter({
    routes: (router) => void router.service(IsolateController, { listUserKeys: () => ({}) }),
  });
  const keys = { cert: remoteCertificate, key: remoteCertificateKey, allowHTTP1: true };
  const server = createSecureServer(keys, (request, response) => {
    if (request.url === '/') response.end('here');
    else grpc(request, response);
  }).listen(0, '127.0.0.2');
  await once(server, 'listening');
  const address = server.address();
  target = `127.0.0.2:${address && typeof address === 'object' ? address.port : 0}`;
  stack.defer(() => void server.close());
}

beforeAll(async () => {
  writeFileSync(authorities, remoteCertificate);
  await Promise.all([startProxy(), startServer()]);
});

afterAll(async () => {
  await stack.disposeAsync();
  folder[Symbol.dispose]();
});

/** How many connections the proxy was asked for. */
const tunnels = (): number =>
  readFileSync(join(folder.path, 'log'), 'utf8').match(new RegExp(`CONNECT ${target}`, 'g'))?.length ?? 0;

async function asks(protocol: string, variables: Record<string, string>): Promise<string | undefined> {
  const { lines } = await runChild('fetch-once', [protocol, `https://${target}`], {
    variables: { SSL_CERT_FILE: authorities, ...variables },
  });
  return lines[0];
}

const proxyUrl = (login = 'guest:s3cret@') => `http://${login}127.0.0.1:${proxyPort}`;

test.each([
  ['http', 'answered 200'],
  ['grpc', 'listed'],
])(
  '%s goes through the proxy, with its login, and trusts the system’s authorities',
  async (protocol, answer) => {
    const before = tunnels();
    expect(await asks(protocol, { HTTPS_PROXY: proxyUrl() })).toBe(answer);
    expect(tunnels()).toBeGreaterThan(before);
  },
);

test.each([
  ['http', 'answered 200'],
  ['grpc', 'listed'],
])('%s connects directly to a host of NO_PROXY', async (protocol, answer) => {
  const before = tunnels();
  const variables = { HTTPS_PROXY: proxyUrl(), NO_PROXY: 'example.com, 127.0.0.2' };
  expect(await asks(protocol, variables)).toBe(answer);
  expect(tunnels()).toBe(before);
});

test.each(['http', 'grpc'])(
  '%s says what is wrong with the proxy, and never its password',
  async (protocol) => {
    const without = await asks(protocol, { HTTPS_PROXY: proxyUrl('') });
    expect(without).toMatch(
      new RegExp(`^unreachable The proxy 127.0.0.1:${proxyPort} wants a user name and a password`),
    );
    const gone = await asks(protocol, { HTTPS_PROXY: `http://guest:s3cret@127.0.0.1:${await freePort()}` });
    expect(gone).toMatch(/^unreachable The proxy 127.0.0.1:\d+ can’t be reached \(ECONNREFUSED\)/);
    expect(await asks(protocol, { HTTPS_PROXY: 'socks5://127.0.0.1:1080' })).toMatch(
      /^unreachable The settings name a socks5 proxy, which Varvel can’t use/,
    );
  },
);

test('a certificate that neither Node nor the system knows is refused', async () => {
  expect(await asks('http', { SSL_CERT_FILE: join(folder.path, 'log') })).toMatch(
    /certificate is self-signed/,
  );
});

test('the variables are read as curl reads them', async () => {
  const found = async (variables: Record<string, string>, url = 'https://api.fal.ai/v1') =>
    (await proxyFromVariables(new URL(url), variables))?.href ?? null;
  expect(await found({})).toBeNull();
  expect(await found({ HTTPS_PROXY: 'proxy.example:3128' })).toBe('http://proxy.example:3128/');
  expect(await found({ ALL_PROXY: 'https://proxy.example' })).toBe('https://proxy.example/');
  expect(await found({ https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:1' })).toBe('http://a:1/');
  const proxied = { HTTPS_PROXY: 'http://a:1' };
  for (const NO_PROXY of ['*', 'fal.ai', '.fal.ai', '*.fal.ai', 'x.org,api.fal.ai', 'API.FAL.AI:443']) {
    expect(await found({ ...proxied, NO_PROXY })).toBeNull();
  }
  for (const NO_PROXY of ['', 'al.ai', 'api.fal.ai:8443', 'fal.ai.org', 'a.fal.ai']) {
    expect(await found({ ...proxied, NO_PROXY })).toBe('http://a:1/');
  }
});

test('of the system’s proxies the first usable is taken', () => {
  const found = (result: string) => proxyFromPac(result)?.href ?? null;
  expect(found('DIRECT')).toBeNull();
  expect(found('PROXY a.example:3128; DIRECT')).toBe('http://a.example:3128/');
  expect(found('SOCKS5 s:1080;HTTPS b.example:443')).toBe('https://b.example/');
  expect(found('SOCKS5 s:1080; DIRECT')).toBeNull();
  expect(() => found('SOCKS5 s:1080')).toThrow(/SOCKS proxy/);
});
