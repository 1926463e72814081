import { Code, ConnectError, type Interceptor, type Transport } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { withCheckedTls } from './checked-tls.ts';
import { systemCode, unreachable } from './http-error.ts';

/**
 * gRPC over HTTP/2, unencrypted for an http URL. When the server can't be reached, the ConnectError has the code
 * Unavailable, and its `cause` is the VarvelError that says why.
 */
export function createTransport(baseUrl: string, userAgent: string, timeoutMs: number): Transport {
  const explainErrors: Interceptor = (next) => async (request) => {
    request.header.set('User-Agent', userAgent);
    try {
      return await withCheckedTls(() => next(request));
    } catch (error) {
      throw explained(baseUrl, error);
    }
  };
  return createGrpcTransport({
    baseUrl,
    interceptors: [explainErrors],
    defaultTimeoutMs: timeoutMs,
    nodeOptions: { rejectUnauthorized: true },
    // No answer we need is larger.
    readMaxBytes: 32 * 1024 * 1024,
  });
}

/** Connection errors have the system's code in their causes; answers from the server don't. */
function explained(baseUrl: string, error: unknown): unknown {
  if (!(error instanceof ConnectError) || !mayBeConnection.includes(error.code)) return error;
  if (systemCode(error.cause) === null) return error;
  const reason = unreachable(baseUrl, error.cause);
  return new ConnectError(reason.message, Code.Unavailable, undefined, undefined, reason);
}

/** The codes that connect-node gives Node's errors. */
const mayBeConnection = [Code.Unavailable, Code.Aborted, Code.Internal, Code.Unknown];
