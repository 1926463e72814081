import { VarvelError } from '../../core/model/error.ts';
import type { Hint } from '../../core/model/hint.ts';
import { codeOf } from '../files/error-code.ts';

/** An URL's origin and path, without parts that may be private. */
export function plainAddress(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.origin}${parsed.pathname}` : 'the address';
}

const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/** True for a URL that never leaves the machine. */
export const isLoopbackUrl = (url: string): boolean => loopback.includes(URL.parse(url)?.hostname ?? '');

/** OpenSSL's and Node's codes for certificate errors, in words. */
const certificates: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is from an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate is from an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is from an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is from an unknown authority',
  CERT_UNTRUSTED: 'its certificate is not trusted',
  CERT_REVOKED: 'its certificate was revoked',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  HOSTNAME_MISMATCH: 'its certificate is for another name',
};

/**
 * Why a server can't be reached: VarvelError `unreachable`, with a message that tells apart DNS, refused, TLS, timeout,
 * offline and a closed connection. The URL's query is left out.
 */
export function unreachable(url: string, error: unknown): VarvelError {
  if (error instanceof VarvelError) return error;
  const host = URL.parse(url)?.host ?? 'the server';
  const code = systemCode(error);
  const make = (message: string, hint: Hint | string) =>
    new VarvelError('unreachable', message, hint, { cause: error });
  switch (code) {
    case 'ENOTFOUND':
      return make(`${host} was not found (DNS).`, 'Check your network and the environment’s URLs.');
    case 'EAI_AGAIN':
      return make(
        `${host} couldn’t be looked up: no name server answered (DNS).`,
        'Check that this machine is online.',
      );
    case 'ECONNREFUSED':
      return isLoopbackUrl(url)
        ? make(`Nothing is running at ${host} (connection refused).`, {
            action: 'start_sandbox',
          })
        : make(`${host} refused the connection.`, 'Try again later, or check your firewall.');
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'ENETDOWN':
    case 'EHOSTDOWN':
    case 'EADDRNOTAVAIL':
      return make(`Can’t reach ${host}: this machine seems to be offline.`, 'Check your network.');
    case 'ETIMEDOUT':
      return timedOut(url, error);
    case 'ECONNRESET':
    case 'ECONNABORTED':
    case 'EPIPE':
    case 'ERR_HTTP2_STREAM_ERROR':
    case 'ERR_HTTP2_SESSION_ERROR':
      return make(`${host} closed the connection.`, 'Try again, or check your proxy and firewall.');
    case null:
      return make(`Can’t reach ${host}.`, 'Check your network.');
    default:
      break;
  }
  const certificate = certificates[code];
  if (certificate) {
    return make(
      `The connection to ${host} is not secure: ${certificate} (TLS, ${code}).`,
      'Check for a proxy that intercepts connections. If it is your company’s, install its authority in the system, or set NODE_EXTRA_CA_CERTS.',
    );
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')) {
    return make(`No secure connection to ${host} (TLS, ${code}).`, 'Check the URL’s port and your proxy.');
  }
  if (code.startsWith('HPE_') || code === 'ERR_HTTP2_ERROR') {
    return make(`${host} is not an HTTP server (${code}).`, 'Check the URL’s port and your proxy.');
  }
  return make(`Can’t reach ${host} (${code}).`, 'Check your network.');
}

/** @param afterMs our own time limit, if it was that */
export function timedOut(url: string, cause: unknown, afterMs?: number): VarvelError {
  const host = URL.parse(url)?.host ?? 'the server';
  const within = afterMs === undefined ? 'in time' : `within ${afterMs / 1000} s`;
  return new VarvelError(
    'unreachable',
    `${host} didn’t answer ${within}.`,
    'Check your network, then try again.',
    {
      cause,
    },
  );
}

/** The first system code among the causes. Trying several addresses gives an error with several errors. */
export function systemCode(error: unknown): string | null {
  for (let current = error, depth = 0; depth < 8 && current instanceof Error; depth++) {
    if (current instanceof AggregateError && current.errors.length > 0) {
      const codes = current.errors.map(codeOf);
      // "No route" for one address family says less than the other's error.
      return codes.find((code) => code !== 'ENETUNREACH' && code !== 'EADDRNOTAVAIL') ?? codes[0] ?? null;
    }
    const code = codeOf(current);
    if (code !== null) return code;
    current = current.cause;
  }
  return null;
}
