import { Agent, type IncomingMessage, request as plainRequest } from 'node:http';
import { request as safeRequest } from 'node:https';
import { VarvelError } from '../../core/model/error.ts';
import type { Http, HttpRequest } from '../../core/ports.ts';
import { codeOf } from '../files/error-code.ts';
import { cancelled } from '../process/cancelled.ts';
import { CheckedAgent, type Route } from './checked-tls.ts';
import { isLoopbackUrl, plainAddress, systemCode, timedOut, unreachable } from './http-error.ts';
import { type FindProxy, proxyFromVariables } from './proxy.ts';
import { createServerClock } from './server-clock.ts';
import { createTrust } from './trust.ts';

const defaultTimeoutMs = 15_000;

/** Larger than any answer from fal, including pictures. */
const largestAnswer = 32 * 1024 * 1024;

/**
 * Requests over node:https instead of the global fetch, which can't check certificates when
 * NODE_TLS_REJECT_UNAUTHORIZED turns that off, and hides error codes. Answers are read completely, within the time
 * limit. A redirect throws VarvelError `refused`: the key would be sent along.
 * @param version Varvel's, for the User-Agent
 * @param findProxy the proxy for a URL that leaves this machine; default: the variables'
 */
export function createHttp({ version, findProxy = proxyFromVariables }: HttpOptions): Http {
  const userAgent = `varvel/${version}`;
  const plainAgent = new Agent({ keepAlive: true });
  const safeAgents = new Map<string, CheckedAgent>();
  const trust = createTrust();
  const serverClock = createServerClock();

  const routeTo = async (url: URL): Promise<Route> => ({
    proxy: isLoopbackUrl(url.href) ? null : await findProxy(url),
    trust,
  });

  async function agentFor(url: URL): Promise<Agent> {
    if (url.protocol === 'http:') return plainAgent;
    const route = await routeTo(url);
    const via = route.proxy?.href ?? '';
    const agent = safeAgents.get(via) ?? new CheckedAgent(route);
    safeAgents.set(via, agent);
    return agent;
  }

  async function fetch(url: string, init: HttpRequest): Promise<Response> {
    const { method = 'GET', signal, timeoutMs = defaultTimeoutMs } = init;
    if (signal?.aborted) throw cancelled();
    const target = checkedUrl(url);
    const limit = AbortSignal.timeout(timeoutMs);
    const stop = signal ? AbortSignal.any([signal, limit]) : limit;
    try {
      const agent = await agentFor(target);
      const send = async () => {
        const response = await exchange(
          target,
          agent,
          method,
          headersOf(init, userAgent),
          bodyOf(init),
          stop,
        );
        serverClock.learn(response.headers.get('date'));
        return response;
      };
      return await send().catch((error: unknown) => {
        // The server closed an idle connection; nothing was sent yet.
        if (error instanceof StaleConnection && (method === 'GET' || method === 'HEAD')) return send();
        // Nor was it on a connection whose certificate was refused.
        if (trust.extendAfter(systemCode(error))) return send();
        throw error;
      });
    } catch (error) {
      if (error instanceof VarvelError) throw error;
      if (signal?.aborted) throw cancelled();
      if (limit.aborted) throw timedOut(url, error, timeoutMs);
      throw unreachable(url, error instanceof StaleConnection ? error.cause : error);
    }
  }

  return {
    fetch,
    serverNow: serverClock.now,
    async grpc(baseUrl) {
      const target = checkedUrl(baseUrl);
      const { createTransport } = await import('./grpc-transport.ts');
      const options = { userAgent, timeoutMs: defaultTimeoutMs, onDate: serverClock.learn };
      return createTransport(baseUrl, await routeTo(target), options);
    },
  };
}

export interface HttpOptions {
  version: string;
  findProxy?: FindProxy;
}

class StaleConnection extends Error {}

/** Allows http only on this machine. */
function checkedUrl(url: string): URL {
  const parsed = URL.parse(url);
  if (parsed && (parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isLoopbackUrl(url))))
    return parsed;
  throw new VarvelError(
    'invalid',
    `${plainAddress(url)} is not an https URL.`,
    'Check the environment’s URLs.',
  );
}

function headersOf(init: HttpRequest, userAgent: string): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': userAgent, accept: '*/*' };
  if (init.body instanceof URLSearchParams) {
    headers['content-type'] = 'application/x-www-form-urlencoded;charset=UTF-8';
  }
  for (const [name, value] of Object.entries(init.headers ?? {})) headers[name.toLowerCase()] = value;
  // No compression.
  headers['accept-encoding'] = 'identity';
  return headers;
}

const bodyOf = (init: HttpRequest): Buffer | null =>
  init.body === undefined || init.body === null ? null : Buffer.from(init.body.toString(), 'utf8');

function exchange(
  url: URL,
  agent: Agent,
  method: string,
  headers: Record<string, string>,
  body: Buffer | null,
  signal: AbortSignal,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const length: Record<string, string> = body ? { 'content-length': String(body.length) } : {};
    const options = { method, headers: { ...headers, ...length }, signal, agent };
    const outgoing =
      url.protocol === 'https:'
        ? safeRequest(url, { ...options, rejectUnauthorized: true })
        : plainRequest(url, options);
    outgoing.on('error', (error) =>
      reject(
        outgoing.reusedSocket && codeOf(error) === 'ECONNRESET'
          ? new StaleConnection('', { cause: error })
          : error,
      ),
    );
    outgoing.on('response', (incoming) => {
      if (isRedirect(incoming.statusCode)) {
        incoming.destroy();
        reject(redirected(url, incoming.statusCode));
        return;
      }
      readWhole(incoming, url).then(resolve, reject);
    });
    outgoing.end(body ?? undefined);
  });
}

async function readWhole(incoming: IncomingMessage, url: URL): Promise<Response> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of incoming) {
    if (!Buffer.isBuffer(part)) continue;
    size += part.length;
    if (size > largestAnswer) throw tooLarge(url);
    parts.push(part);
  }
  const status = incoming.statusCode ?? 0;
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const withoutBody = status === 204 || status === 205 || status === 304;
  return new Response(withoutBody ? null : Buffer.concat(parts), {
    status,
    statusText: incoming.statusMessage ?? '',
    headers,
  });
}

const isRedirect = (status: number | undefined): boolean =>
  status !== undefined && [301, 302, 303, 307, 308].includes(status);

const redirected = (url: URL, status: number | undefined) =>
  new VarvelError(
    'refused',
    `${plainAddress(url.href)} answered with a redirect (${status}). Varvel doesn’t follow it, because the key would be sent along.`,
    'Check the environment’s URLs, and whether your network requires a sign-in page.',
  );

const tooLarge = (url: URL) =>
  new VarvelError(
    'server_error',
    `The answer from ${plainAddress(url.href)} is larger than ${largestAnswer / 1024 / 1024} MB.`,
    'Check the environment’s URLs.',
  );
