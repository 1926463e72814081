import { Code, ConnectError, type Interceptor, type Transport } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { withCheckedTls } from './checked-tls.ts';
import { unreachable } from './http-error.ts';

/**
 * gRPC over HTTP/2, in clear text for an http URL. When the server can't be reached, the ConnectError has the code
 * Unavailable and as its `cause` the VarvelError that says why.
 */
export function createTransport(baseUrl: string, userAgent: string, timeoutMs: number): Transport {
  const told: Interceptor = (next) => async (request) => {
    request.header.set('User-Agent', userAgent);
    try {
      return await withCheckedTls(() => next(request));
    } catch (error) {
      throw explained(baseUrl, error);
    }
  };
  return createGrpcTransport({
    baseUrl,
    interceptors: [told],
    defaultTimeoutMs: timeoutMs,
    nodeOptions: { rejectUnauthorized: true },
    // Nothing we ask for is large.
    readMaxBytes: 32 * 1024 * 1024,
  });
}

/** Errors of the connection have Node's error as their cause; what the server said has none. */
function explained(baseUrl: string, error: unknown): unknown {
  if (!(error instanceof ConnectError) || !(error.cause instanceof Error)) return error;
  const reason = unreachable(baseUrl, error.cause);
  return new ConnectError(reason.message, Code.Unavailable, undefined, undefined, reason);
}
