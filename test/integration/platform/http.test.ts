import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { createHttp } from '../../../platform/net/http.ts';
import { figure } from '../../attacks/figures.ts';
import { runChild } from './child.ts';
import { certificate, certificateKey } from './self-signed.ts';

const http = createHttp({ version: '1.2.3' });

/** A server on 127.0.0.1, closed at the end of the block. */
async function serving(server: Server): Promise<{ host: string } & AsyncDisposable> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return {
    host: `127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

const answering = (listener: RequestListener) => serving(createServer(listener));

/** A port on which nothing listens any more. */
async function deadHost(): Promise<string> {
  await using server = await serving(createTcpServer());
  return server.host;
}

test('an answer comes whole, with its status, its headers and ours', async () => {
  await using server = await answering((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      response.writeHead(402, { 'x-fal-request-id': 'r1', 'set-cookie': ['a=1', 'b=2'] });
      response.end(JSON.stringify({ body, headers: request.headers, method: request.method }));
    });
  });
  const response = await http.fetch(`http://${server.host}/path`, {
    method: 'POST',
    headers: { Authorization: 'Key a:b' },
    body: new URLSearchParams({ code: 'a b' }),
  });
  expect(response.status).toBe(402);
  expect(response.headers.get('x-fal-request-id')).toBe('r1');
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(await response.json()).toMatchObject({
    body: 'code=a+b',
    method: 'POST',
    headers: {
      authorization: 'Key a:b',
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
      'user-agent': 'varvel/1.2.3',
    },
  });
});

test('an answer without a body has none', async () => {
  await using server = await answering((_, response) => response.writeHead(204).end());
  const response = await http.fetch(`http://${server.host}/`, { method: 'DELETE' });
  expect([response.status, response.body]).toEqual([204, null]);
});

test.each([301, 302, 303, 307, 308])('a redirect (%i) is not followed with the key', async (status) => {
  let visits = 0;
  await using other = await answering((_, response) => {
    visits++;
    response.end();
  });
  await using server = await answering((_, response) =>
    response.writeHead(status, { location: `http://${other.host}/` }).end(),
  );
  const asked = http.fetch(`http://${server.host}/keys?secret=1`, { headers: { authorization: 'Key a:b' } });
  await expect(asked).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining(`(${status})`),
  });
  await expect(asked).rejects.not.toMatchObject({ message: expect.stringContaining('secret') });
  expect(visits).toBe(0);
  figure(19, `a redirect, ${status}`, { 'redirects answered': 1, 'redirects followed': visits });
});

test('plain http leaves the machine for nobody', async () => {
  await expect(http.fetch('http://fal.example/x?secret=1', {})).rejects.toMatchObject({
    code: 'invalid',
    message: 'http://fal.example/x is not an https URL.',
  });
  await expect(http.grpc('http://fal.example')).rejects.toMatchObject({ code: 'invalid' });
});

test('where nothing listens on this machine, the sandbox is asked after', async () => {
  await expect(http.fetch(`http://${await deadHost()}/`, {})).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('connection refused'),
    hint: { action: 'start_sandbox' },
  });
});

test('a name that does not exist is told as such', async () => {
  await expect(http.fetch('https://no-such-host.invalid/x?secret=1', {})).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringMatching(/^no-such-host\.invalid .*DNS/),
  });
});

test('a connection that breaks off, before or amid the answer, is told as such', async () => {
  await using resetting = await serving(
    createTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy())),
  );
  await expect(http.fetch(`http://${resetting.host}/`, {})).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('closed the connection'),
  });
  await using halting = await answering((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half', () => response.destroy());
  });
  await expect(http.fetch(`http://${halting.host}/`, {})).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('closed the connection'),
  });
});

test('what is no HTTP server is told as such', async () => {
  await using server = await serving(createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n')));
  await expect(http.fetch(`http://${server.host}/`, {})).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('is not an HTTP server'),
  });
});

test('a server that is silent, or stops amid its answer, is given up on', async () => {
  await using silent = await answering(() => {});
  await using halting = await answering((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half');
  });
  for (const { host } of [silent, halting]) {
    await expect(http.fetch(`http://${host}/`, { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'unreachable',
      message: `${host} didn’t answer within 0.05 s.`,
    });
  }
});

test('cancelling ends a request, and one that was cancelled before is not sent', async () => {
  const abort = new AbortController();
  let asked = 0;
  await using server = await answering(() => {
    asked++;
    abort.abort();
  });
  const url = `http://${server.host}/`;
  await expect(http.fetch(url, { signal: abort.signal })).rejects.toMatchObject({ code: 'cancelled' });
  await expect(http.fetch(url, { signal: abort.signal })).rejects.toMatchObject({ code: 'cancelled' });
  expect(asked).toBe(1);
});

test.each(['http', 'grpc'])(
  'a certificate is checked over %s, whatever NODE_TLS_REJECT_UNAUTHORIZED says, and the variable stays',
  async (protocol) => {
    let asked = 0;
    const keys = { cert: certificate, key: certificateKey };
    const server = protocol === 'http' ? createTlsServer(keys) : createSecureServer(keys);
    server.on('request', (_, response) => {
      asked++;
      response.end();
    });
    await using served = await serving(server);
    const { lines, errors } = await runChild('fetch-once', [protocol, `https://${served.host}`], {
      variables: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    });
    expect(lines[0]).toMatch(
      /^unreachable The connection to .* is not secure: its certificate is self-signed/,
    );
    expect(lines[1]).toBe('child 0');
    expect(errors).toBe('');
    expect(asked).toBe(0);
    figure(19, `a foreign certificate, ${protocol}`, {
      'foreign certificates': 1,
      'requests sent there': asked,
    });
  },
);

test('a certificate that the machine is told to trust is accepted', async () => {
  await using server = await serving(
    createTlsServer({ cert: certificate, key: certificateKey }, (_, response) => response.end()),
  );
  const { writeFileSync } = await import('node:fs');
  const { temporaryFolder } = await import('./temporary-folder.ts');
  using folder = temporaryFolder();
  writeFileSync(`${folder.path}/authority.pem`, certificate);
  const { lines } = await runChild('fetch-once', ['http', `https://${server.host}`], {
    variables: { NODE_EXTRA_CA_CERTS: `${folder.path}/authority.pem` },
  });
  expect(lines[0]).toBe('answered 200');
});

test('gRPC tells a server that is not there as http does', async () => {
  const { lines } = await runChild('fetch-once', ['grpc', `http://${await deadHost()}`]);
  expect(lines[0]).toMatch(/^unreachable Nothing is running at .*sandbox/);
});
