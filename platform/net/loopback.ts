import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { VarvelError } from '../../core/model/error.ts';
import type { Loopback } from '../../core/ports.ts';
import { callbackHeaders, callbackPage } from './callback-page.ts';
import { refuseOtherUsers } from './peer.ts';

/** Where the browser goes next, so that the one-time code is not in the address bar or the history. */
const donePath = '/done';

/** How long `close` waits for the browser to load that page after the callback, in milliseconds. */
const graceMs = 1500;

/**
 * A sign-in's callback on 127.0.0.1, on a free port. node:http instead of fastify: it is one route, and it must load
 * fast.
 *
 * A page without scripts can't change its address, so the accepted callback is answered with 303 to `/done`.
 * `listen` throws VarvelError `unexpected` when no port can be opened.
 */
export function createLoopback(): Loopback {
  return {
    async listen(path, accept) {
      const server = createServer({ keepAlive: false, requestTimeout: 10_000, headersTimeout: 10_000 });
      refuseOtherUsers(server);
      const port = await listenOn(server);
      const origin = `http://127.0.0.1:${port}`;
      const callback = Promise.withResolvers<URL>();
      const shown = Promise.withResolvers<void>();
      let accepted = false;

      server.on('request', (request, response) => {
        const [route, query = ''] = split(request.url ?? '');
        const status = refusal(request, port, [path, donePath].includes(route) ? route : null);
        if (status !== null) return answer(response, status);
        if (route === donePath) {
          if (!accepted) return answer(response, 404);
          response.on('finish', shown.resolve);
          return answer(response, 200);
        }
        if (accepted) return answer(response, 410);
        if (!accept(new URLSearchParams(query))) return answer(response, 400);
        accepted = true;
        response.setHeader('Location', donePath);
        answer(response, 303);
        callback.resolve(new URL(`${origin}${request.url}`));
      });

      return {
        redirectUri: `${origin}${path}`,
        callback: callback.promise,
        async close() {
          if (accepted) await Promise.race([shown.promise, sleep(graceMs, undefined, { ref: false })]);
          server.close();
          server.closeAllConnections();
        },
      };
    },
  };
}

function listenOn(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (cause?: Error) =>
      reject(
        new VarvelError(
          'unexpected',
          'Can’t open a port on 127.0.0.1 for the sign-in.',
          { action: 'sign_in_with_code' },
          { cause },
        ),
      );
    server.once('error', fail);
    server.listen({ host: '127.0.0.1', port: 0, exclusive: true }, () => {
      const address = server.address();
      if (address && typeof address === 'object') resolve(address.port);
      else fail();
    });
  });
}

/** Splits the raw target without parsing it: only the exact path counts. */
function split(target: string): [route: string, query?: string] {
  const mark = target.indexOf('?');
  return mark < 0 ? [target] : [target.slice(0, mark), target.slice(mark + 1)];
}

/** The status that refuses a request. The host is checked first, so a rebound name learns nothing. */
function refusal(request: IncomingMessage, port: number, route: string | null): number | null {
  if (request.headers.host !== `127.0.0.1:${port}`) return 400;
  if (request.method !== 'GET') return 405;
  return route === null ? 404 : null;
}

function answer(response: ServerResponse, status: number): void {
  const isPage = status === 200;
  response.writeHead(status, {
    ...callbackHeaders,
    'Content-Type': isPage ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8',
    ...(status === 405 ? { Allow: 'GET' } : {}),
    Connection: 'close',
  });
  response.end(isPage ? callbackPage : '');
}
