import { Code, ConnectError, type Interceptor, type Transport } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { VarvelError } from '../../core/model/error.ts';
import { connectTls, type Route, withCheckedTls } from './checked-tls.ts';
import { systemCode, unreachable } from './http-error.ts';
import { openTunnel } from './proxy.ts';

/** How long a tunnel through a proxy stays open for the next call, in milliseconds. */
const idleTunnelMs = 1000;

export interface TransportOptions {
  userAgent: string;
  timeoutMs: number;
  /** Called with the Date header of each answer. */
  onDate(date: string | null): void;
}

/**
 * gRPC over HTTP/2, unencrypted for an http URL. When the server can't be reached, the ConnectError has the code
 * Unavailable, and its `cause` is the VarvelError that says why.
 */
export function createTransport(
  baseUrl: string,
  route: Route,
  { userAgent, timeoutMs, onDate }: TransportOptions,
): Transport {
  const target = new URL(baseUrl);
  const withHeaders: Interceptor = (next) => async (request) => {
    request.header.set('User-Agent', userAgent);
    const response = await withCheckedTls(() => next(request));
    onDate(response.header.get('date'));
    return response;
  };

  async function connect(): Promise<Transport> {
    const tunnel = route.proxy ? await openTunnel(route.proxy, target) : undefined;
    return createGrpcTransport({
      baseUrl,
      interceptors: [withHeaders],
      defaultTimeoutMs: timeoutMs,
      nodeOptions:
        target.protocol === 'https:'
          ? { createConnection: () => connectTls(route, target, 'h2', tunnel) }
          : {},
      ...(tunnel && { idleConnectionTimeoutMs: idleTunnelMs }),
      // No answer we need is larger.
      readMaxBytes: 32 * 1024 * 1024,
    });
  }

  let kept: Promise<Transport> | undefined;
  // HTTP/2 asks for its connection at once, so that a tunnel must be open before each call
  const transport = (): Promise<Transport> => {
    if (route.proxy) return connect();
    kept ??= connect();
    return kept;
  };

  /** Tries once more with the system's authorities: a connection whose certificate was refused has sent nothing. */
  async function send<T>(call: (transport: Transport) => Promise<T>): Promise<T> {
    try {
      return await transport()
        .then(call)
        .catch((error: unknown) => {
          if (!(error instanceof ConnectError) || !route.trust.extendAfter(systemCode(error.cause)))
            throw error;
          return transport().then(call);
        });
    } catch (error) {
      throw explained(baseUrl, error);
    }
  }

  return {
    unary: (...call) => send((to) => to.unary(...call)),
    stream: (...call) => send((to) => to.stream(...call)),
  };
}

/** Connection errors have the system's code in their causes; answers from the server don't. */
function explained(baseUrl: string, error: unknown): unknown {
  if (error instanceof VarvelError) return unavailable(error);
  if (!(error instanceof ConnectError) || !mayBeConnection.includes(error.code)) return error;
  return systemCode(error.cause) === null ? error : unavailable(unreachable(baseUrl, error.cause));
}

const unavailable = (reason: VarvelError): ConnectError =>
  new ConnectError(reason.message, Code.Unavailable, undefined, undefined, reason);

/** The codes that connect-node gives Node's errors. */
const mayBeConnection = [Code.Unavailable, Code.Aborted, Code.Internal, Code.Unknown];
