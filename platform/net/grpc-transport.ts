import { Code, ConnectError, type Interceptor, type Transport } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { withCheckedTls } from './checked-tls.ts';
import { systemCode, unreachable } from './http-error.ts';

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

/** Errors of the connection carry the system's code along their causes; what the server said carries none. */
function explained(baseUrl: string, error: unknown): unknown {
  if (!(error instanceof ConnectError) || !mayBeConnection.includes(error.code)) return error;
  if (systemCode(error.cause) === null) return error;
  const reason = unreachable(baseUrl, error.cause);
  return new ConnectError(reason.message, Code.Unavailable, undefined, undefined, reason);
}

/** What connect-node makes of Node's errors. */
const mayBeConnection = [Code.Unavailable, Code.Aborted, Code.Internal, Code.Unknown];
