import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { type Answer, answer } from '../../../contract/bridge.ts';
import { serveWeb, type WebOptions, type WebView } from '../../../web/serve.ts';

const builtBridge = join(import.meta.dirname, '../../../dist/web');

/** A window that does nothing, beside the real bridge. */
export async function stubWindow(): Promise<{ folder: string } & AsyncDisposable> {
  const root = await mkdtemp(join(tmpdir(), 'varvel-stub-window-'));
  const folder = join(root, 'renderer');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await cp(builtBridge, join(root, 'web'), { recursive: true });
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><html lang="en"><head><title>Varvel</title><script type="module" crossorigin src="./assets/app.js"></script></head><body><main id="root"></main></body></html>',
  );
  await writeFile(
    join(folder, 'assets', 'app.js'),
    'document.title = window.varvel ? "connected" : "no bridge";',
  );
  return { folder, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}

/** A served window and a browser's cookie for it. */
export interface Served extends AsyncDisposable {
  web: WebView;
  port: number;
  origin: string;
  /** The Cookie header of a browser that was let in. */
  cookie: string;
  /** What its page says of itself. */
  windowKey: string;
  /** Aborted when a window has asked to quit. */
  quit: AbortSignal;
  /** What a let-in window's call is answered. */
  call(method: string, input?: unknown): Promise<Answer>;
}

/** Serves the stub window in this process and lets one browser in. */
export async function serve(options: Partial<WebOptions> & { env: NodeJS.ProcessEnv }): Promise<Served> {
  await using undo = new AsyncDisposableStack();
  const stub = undo.use(await stubWindow());
  const quit = new AbortController();
  const web = await serveWeb({
    rendererFolder: stub.folder,
    openBrowser: false,
    onQuit: () => quit.abort(),
    ...options,
  });
  undo.defer(() => web.close());
  const { origin, port } = new URL(web.url);
  const cookie = await exchange(web.url);
  const page = await (await fetch(origin, { headers: { cookie } })).text();
  const kept = undo.move();
  return {
    web,
    port: Number(port),
    origin,
    cookie,
    windowKey: page.match(/name="varvel-window" content="([^"]+)"/)?.[1] ?? '',
    quit: quit.signal,
    async call(method, input = null) {
      const response = await fetch(`${origin}/bridge/${method}`, {
        method: 'POST',
        headers: { origin, cookie, 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      return z.parse(answer, await response.json());
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Uses a link up. @returns the Cookie header it gives */
export async function exchange(url: string): Promise<string> {
  const response = await fetch(url, { redirect: 'manual' });
  await response.body?.cancel();
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

export interface RawAnswer {
  status: number;
  /** As it came, lower-case names. */
  headers: Record<string, string>;
  body: string;
}

/** Sends exactly these lines, with an empty one and the body after them, and reads until the other end closes. */
export async function sendRaw(port: number, lines: string[], body = ''): Promise<RawAnswer> {
  const socket = createConnection({ host: '127.0.0.1', port, allowHalfOpen: true });
  socket.setTimeout(3000, () => socket.destroy());
  socket.on('error', () => undefined);
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  const answered = await text(socket).catch(() => '');
  const [head = '', ...rest] = answered.split('\r\n\r\n');
  const [statusLine = '', ...headerLines] = head.split('\r\n');
  const headers = Object.fromEntries(
    headerLines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { status: Number(statusLine.split(' ')[1] ?? 0), headers, body: rest.join('\r\n\r\n') };
}

/** The lines of a web socket's opening. */
export const upgradeLines = (path: string): string[] => [
  `GET ${path} HTTP/1.1`,
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];

/** Sends a web socket's opening. @returns the status; 101 when it is let in */
export function openSocket(port: number, lines: string[]): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const socket = createConnection({ host: '127.0.0.1', port });
  socket.on('error', () => resolve(0));
  socket.on('close', () => resolve(0));
  socket.once('data', (bytes) => {
    resolve(Number(bytes.toString('latin1').split(' ')[1]));
    socket.destroy();
  });
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  return promise;
}
