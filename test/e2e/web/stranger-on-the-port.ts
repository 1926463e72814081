import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';

/** A program that has taken the port of a web view that ended, and speaks its protocol as far as anybody can. */
export interface Stranger extends AsyncDisposable {
  /** What windows asked of it, and sent with that: each with its cookies, and with `socket` where one was opened. */
  asked: { what: string; cookie: string | undefined; body: string }[];
}

/** A text frame of a server. RFC 6455, 5.2. */
const frameOf = (message: string): Buffer =>
  Buffer.concat([Buffer.from([0x81, Buffer.byteLength(message)]), Buffer.from(message)]);

/** Listens on 127.0.0.1. Each call is answered with a locked vault, so that the window would ask for the passphrase. */
export async function takePort(port: number): Promise<Stranger> {
  const asked: Stranger['asked'] = [];
  const sockets = new Set<Duplex>();
  const locked = JSON.stringify({
    proof: '00'.repeat(32),
    error: { code: 'vault_locked', message: 'The vault is locked.', hint: { action: 'unlock_vault' } },
  });
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    asked.push({ what: `${method} ${url}`, cookie: headers.cookie, body: await text(request) });
    response.setHeader('content-type', 'application/json');
    response.end(locked);
  });
  server.on('upgrade', (request, socket) => {
    sockets.add(socket);
    asked.push({ what: `socket ${request.url}`, cookie: request.headers.cookie, body: '' });
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.write(frameOf(JSON.stringify({ event: 'changed', payload: { topics: ['vault'] } })));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    asked,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A service worker that puts a script of its own into each page. */
const worker = `
  self.addEventListener('install', () => self.skipWaiting());
  self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener('fetch', (event) => event.respondWith((async () => {
    const answer = await fetch(event.request);
    if (event.request.mode !== 'navigate') return answer;
    const page = await answer.text();
    return new Response(page + '<script>document.title = "theirs"</script>', { headers: { 'content-type': 'text/html' } });
  })()));
`;

/** Listens on 127.0.0.1, and leaves a service worker in each browser that comes. */
export const plantWorker = (port: number): Promise<AsyncDisposable> =>
  servePages(
    port,
    `<script>navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready).then(() => { document.title = 'planted'; })</script>`,
  );

/** Listens on 127.0.0.1 with one page everywhere, that has our page's opener policy. */
export async function servePages(
  port: number,
  page: string,
  policy = 'same-origin',
): Promise<AsyncDisposable> {
  const server = createServer((request, response) => {
    const isWorker = request.url === '/worker.js';
    response.setHeader('content-type', isWorker ? 'text/javascript' : 'text/html');
    response.setHeader('cross-origin-opener-policy', policy);
    response.end(isWorker ? worker : page);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
