import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { targetOf } from './control/targets.ts';
import type { FrontDoor, Visit } from './front-door.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Paths that the OpenID provider answers itself. It must read their bodies, so nothing else may. */
const providerPaths = /^\/(authorize|oauth|userinfo|\.well-known)(\/|$)/;

/** Removes the provider's own session cookie, so that each authorization asks who signs in. */
const withoutSession = (cookies: string): string =>
  cookies
    .split(';')
    .filter((cookie) => !/^\s*_session(\.sig)?=/.test(cookie))
    .join(';');

/**
 * Adapts a request of fal's clients to the provider: forgets an earlier sign-in, and asks for consent when
 * a refresh token is wanted (the provider requires it; Auth0 doesn't).
 */
const prepareAuthorization = (request: IncomingMessage, path: string): void => {
  if (path !== '/authorize' && !path.startsWith('/authorize/')) return;
  if (request.headers.cookie !== undefined) request.headers.cookie = withoutSession(request.headers.cookie);
  if (path !== '/authorize') return;
  const url = URL.parse(request.url ?? '', 'http://sandbox');
  if (!url?.searchParams.get('scope')?.split(' ').includes('offline_access')) return;
  const prompts = (url.searchParams.get('prompt') ?? '').split(' ').filter((prompt) => prompt !== '');
  if (prompts.includes('consent') || prompts.includes('none')) return;
  url.searchParams.set('prompt', [...prompts, 'consent'].join(' '));
  request.url = `${url.pathname}${url.search}`;
};

/** Discards the handler's answer; calls `done` when the handler believes it was sent. */
const mute = (response: ServerResponse, done: (send: () => void) => void): void => {
  const { writeHead, write, end } = response;
  const restore = (): void => {
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    Object.assign(response, { writeHead, write, end });
  };
  Object.assign(response, {
    writeHead: () => response,
    write: () => true,
    end: () => {
      done(restore);
      return response;
    },
  });
};

const visitOf = (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  enter: () => void,
): Visit => {
  let restore = (): void => {};
  return {
    method: request.method ?? 'GET',
    path,
    target: targetOf(path),
    headers: request.headers,
    onAnswered: (listener) => response.once('finish', () => listener(response.statusCode)),
    drop: () => request.socket.destroy(),
    answer(status, body) {
      restore();
      const text = JSON.stringify(body);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(text);
    },
    mute: (done) =>
      mute(response, (undo) => {
        restore = undo;
        done();
      }),
    enter,
  };
};

/**
 * The HTTP/1 server behind the front door.
 * @param provider answers the provider's paths @param rest answers all others
 */
export const createHttpPort = (door: FrontDoor, provider: Handler, rest: Handler): Server =>
  createServer((request, response) => {
    // fal's issuer ends with a slash, so joined URLs may have two.
    request.url = (request.url ?? '/').replace(/^\/+/, '/');
    const path = request.url.replace(/[?#].*$/s, '');
    if (path === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const handler = providerPaths.test(path) ? provider : rest;
    prepareAuthorization(request, path);
    door.receive(visitOf(request, response, path, () => handler(request, response)));
  });
