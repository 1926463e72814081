import websocket from '@fastify/websocket';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import type { Answer } from '../contract/bridge.ts';
import { isMethodName } from '../contract/methods.ts';
import { withTheme } from '../contract/window-page.ts';
import { toHint } from '../core/model/hint.ts';
import { refuseOtherUsers } from '../platform/net/peer.ts';
import { answerHeaders, openerPolicyFor } from './answer-headers.ts';
import type { BrowserAccess } from './browser-access.ts';
import { isPage, openPath, refusedStatus } from './gate.ts';
import { needsLinkPage, noticeStyle, noticeStylePath, usedLinkPage } from './notice.ts';
import { proofPath, windowHeader, windowParameter, withSecrets } from './page-secrets.ts';
import type { WindowFile } from './window-files.ts';
import type { EventSocket, Windows } from './windows.ts';

export interface HttpServerOptions {
  access: BrowserAccess;
  files: Map<string, WindowFile>;
  windows: Windows;
  /** The chosen theme. */
  theme(): 'system' | 'light' | 'dark';
  call(name: string, input: unknown): Promise<Answer>;
  /** Called when a call's answer has been sent. */
  onAnswered(): void;
  /** Called when another user of this machine was refused. */
  onOtherUser(uid: number): void;
}

interface Socket extends EventSocket {
  on(event: 'close' | 'error', listener: () => void): void;
}

/** In bytes: a test of thousands of keys lists them all. */
const maxBody = 1_000_000;

/** What another program on this port may have left in the browser: a service worker would change our page. We leave nothing there. */
const leftBehind = '"cache", "storage"';

const html = 'text/html; charset=utf-8';
const eventsPath = '/events';
const Token = z.object({ token: z.string() });
const Challenge = z.object({ challenge: z.string().check(z.minLength(32)) });
const Called = z.object({ method: z.string() });
/** An error that Fastify raises for a bad request. */
const Refused = z.catch(z.object({ statusCode: z.int().check(z.gte(400), z.lte(499)) }), { statusCode: 500 });

const problem = (code: string, message: string, hint: string): Answer => ({
  error: { code, message, hint: toHint(hint) },
});

const notAuthorized = problem(
  'unauthorized',
  'This browser no longer has access.',
  'Press Enter in the terminal where `varvel web` runs, and open the link it prints.',
);
const badRequest = problem('invalid', 'The window sent an invalid request.', 'Reload the window.');
const failure = problem(
  'unexpected',
  'Something went wrong.',
  'Try again. If it keeps happening, report it.',
);

const pathOf = (request: FastifyRequest): string => (request.raw.url ?? '').split('?', 1)[0] ?? '';

/** Whether another page of this origin may ask: a browser says that a call is of one, and of a socket it doesn't. */
const mayBeOtherPage = ({ ws, method, headers }: FastifyRequest): boolean =>
  ws || (method === 'POST' && headers['sec-fetch-site'] !== undefined);

/** What a call says of its window: a socket can't send headers. */
const windowOf = ({ headers, raw }: FastifyRequest): string | null => {
  const given = headers[windowHeader];
  if (typeof given === 'string') return given;
  return new URLSearchParams((raw.url ?? '').split('?', 2)[1]).get(windowParameter);
};

const send = (reply: FastifyReply, type: string, body: string | Buffer, status = 200) =>
  reply.code(status).type(type).send(body);

/** The web view's routes. Every request is checked first, and only 127.0.0.1 is served. */
export async function createHttpServer(options: HttpServerOptions) {
  const { access, files, windows, theme, call, onAnswered, onOtherUser } = options;
  let port = 0;
  const app = Fastify({
    logger: false,
    bodyLimit: maxBody,
    requestTimeout: 30_000,
    // a request without a Host is refused by our own check
    http: { requireHostHeader: false },
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    // an invalid path is answered before any hook runs
    frameworkErrors: (_error, _request, reply: FastifyReply) => {
      reply.headers({ ...answerHeaders });
      reply.code(400).send();
    },
    clientErrorHandler: (_error, socket) => {
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
      else socket.destroy();
    },
  });
  refuseOtherUsers(app.server, onOtherUser);
  await app.register(websocket, { options: { maxPayload: 1024 } });

  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...answerHeaders });
    if (isPage(request.raw.url ?? '')) {
      reply.header('Clear-Site-Data', leftBehind);
      const brands = request.headers['sec-ch-ua'];
      reply.header(
        'Cross-Origin-Opener-Policy',
        openerPolicyFor(typeof brands === 'string' ? brands : undefined),
      );
    }
    const status = refusedStatus(request.raw, port);
    if (status !== null) return reply.code(status).send();
    const path = pathOf(request);
    if (request.method === 'GET' && (path === noticeStylePath || path.startsWith(openPath))) return;
    if (request.method === 'POST' && path === proofPath) return;
    if (!access.isAuthorized(request.headers.cookie)) {
      const isPage = request.method === 'GET' && request.headers.accept?.includes('text/html') === true;
      return isPage ? send(reply, html, needsLinkPage, 401) : reply.code(401).send(notAuthorized);
    }
    // otherwise a socket would open on any route, and close again
    if (request.ws && path !== eventsPath) return reply.code(404).send();
    if (mayBeOtherPage(request) && !access.isOurPage(windowOf(request)))
      return reply.code(401).send(notAuthorized);
    // a form can send other types without a preflight request
    if (request.method === 'POST' && !/^application\/json(;|$)/.test(request.headers['content-type'] ?? '')) {
      return reply.code(415).send(badRequest);
    }
  });

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, JSON.parse(String(body)));
    } catch {
      done(Object.assign(new Error('not JSON'), { statusCode: 400 }));
    }
  });

  app.get(noticeStylePath, async (_request, reply) => send(reply, 'text/css; charset=utf-8', noticeStyle));

  app.get(`${openPath}:token`, async (request, reply) => {
    // a prefetch must not use up the link
    if (/prefetch|prerender/.test(String(request.headers['sec-purpose'] ?? request.headers.purpose ?? ''))) {
      return reply.code(503).send();
    }
    const cookie = access.exchange(Token.parse(request.params).token);
    if (cookie === null) return send(reply, html, usedLinkPage, 410);
    return reply.header('Set-Cookie', cookie).redirect('/', 303);
  });

  // for who has no cookie to show yet
  app.post(proofPath, { bodyLimit: 1000 }, async (request, reply) => {
    const { success, data } = Challenge.safeParse(request.body);
    if (!success) return reply.code(400).send(badRequest);
    return reply.send({ proof: access.proofFor(data.challenge) });
  });

  app.get(eventsPath, { websocket: true }, (socket: Socket) => {
    const leave = windows.add(socket);
    socket.on('close', leave);
    // an error closes the socket, and the window reconnects
    socket.on('error', () => socket.terminate());
  });

  app.post('/bridge/:method', async (request, reply) => {
    const { method } = Called.parse(request.params);
    const answer = await call(method, request.body);
    reply.raw.once('close', onAnswered);
    return reply.code(isMethodName(method) ? 200 : 404).send(answer);
  });

  app.get('/*', async (request, reply) => {
    const path = pathOf(request);
    const file = files.get(path);
    if (!file) return reply.code(404).send();
    if (path !== '/') return send(reply, file.type, file.bytes);
    const page = withTheme(file.bytes.toString('utf8'), theme());
    return send(reply, file.type, withSecrets(page, access.page));
  });

  app.setNotFoundHandler(async (_request, reply) => reply.code(404).send());
  app.setErrorHandler(async (error, _request, reply) => {
    const { statusCode } = Refused.parse(error);
    return reply.code(statusCode).send(statusCode === 500 ? failure : badRequest);
  });

  return {
    /** @returns the port */
    async listen(wanted: number): Promise<number> {
      await app.listen({ host: '127.0.0.1', port: wanted, exclusive: true });
      const address = app.server.address();
      port = typeof address === 'object' && address ? address.port : 0;
      return port;
    },
    close: (): Promise<void> => app.close(),
  };
}
