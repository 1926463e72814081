import { VarvelError } from '../../core/model/error.ts';
import type { Hint } from '../../core/model/hint.ts';
import { codeOf } from '../files/error-code.ts';

/** An address without what may be private in it: origin and path. */
export function plainAddress(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.origin}${parsed.pathname}` : 'the address';
}

const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/** True for an address that never leaves the machine. */
export const isLoopbackUrl = (url: string): boolean => loopback.includes(URL.parse(url)?.hostname ?? '');

/** The codes by which OpenSSL and Node name what is wrong with a certificate, in words. */
const certificates: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate comes from an authority this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes from an authority this machine does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate comes from an authority this machine does not know',
  CERT_UNTRUSTED: 'its certificate is not trusted',
  CERT_REVOKED: 'its certificate was revoked',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  HOSTNAME_MISMATCH: 'its certificate is for another name',
};

/**
 * Why a server could not be reached: VarvelError `unreachable` whose message tells DNS, refusal, TLS, a timeout, being
 * offline and a broken connection apart. The URL's query is left out.
 */
export function unreachable(url: string, error: unknown): VarvelError {
  if (error instanceof VarvelError) return error;
  const host = URL.parse(url)?.host ?? 'the server';
  const code = systemCode(error);
  const make = (message: string, hint: Hint | string) =>
    new VarvelError('unreachable', message, hint, { cause: error });
  switch (code) {
    case 'ENOTFOUND':
      return make(
        `The name ${host} could not be found (DNS).`,
        'Check the network and the environment’s URLs.',
      );
    case 'EAI_AGAIN':
      return make(
        `The name ${host} could not be looked up: no name server answers (DNS).`,
        'Check that this machine is online.',
      );
    case 'ECONNREFUSED':
      return isLoopbackUrl(url)
        ? make(`Nothing listens on ${host} (connection refused).`, {
            action: 'start_sandbox',
          })
        : make(`${host} refused the connection.`, 'Try again later; a firewall may be in the way too.');
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'ENETDOWN':
    case 'EHOSTDOWN':
    case 'EADDRNOTAVAIL':
      return make(`There is no way to ${host}: this machine seems to be offline.`, 'Check the network.');
    case 'ETIMEDOUT':
      return timedOut(url, error);
    case 'ECONNRESET':
    case 'ECONNABORTED':
    case 'EPIPE':
    case 'ERR_HTTP2_STREAM_ERROR':
    case 'ERR_HTTP2_SESSION_ERROR':
      return make(`${host} broke the connection off.`, 'Try again; a proxy or firewall may be in the way.');
    case null:
      return make(`${host} could not be reached.`, 'Check the network.');
    default:
      break;
  }
  const certificate = certificates[code];
  if (certificate) {
    return make(
      `The connection to ${host} is not safe: ${certificate} (TLS, ${code}).`,
      'Look for a proxy that opens connections; if it is your company’s, name its authority in NODE_EXTRA_CA_CERTS.',
    );
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')) {
    return make(
      `No safe connection to ${host} came about (TLS, ${code}).`,
      'Check the URL’s port and any proxy.',
    );
  }
  if (code.startsWith('HPE_') || code === 'ERR_HTTP2_ERROR') {
    return make(`${host} does not speak HTTP (${code}).`, 'Check the URL’s port and any proxy.');
  }
  return make(`${host} could not be reached (${code}).`, 'Check the network.');
}

/** @param afterMs the time that was allowed, when it was ours */
export function timedOut(url: string, cause: unknown, afterMs?: number): VarvelError {
  const host = URL.parse(url)?.host ?? 'the server';
  const within = afterMs === undefined ? 'in time' : `within ${afterMs / 1000} s`;
  return new VarvelError(
    'unreachable',
    `${host} did not answer ${within}.`,
    'Check the network and try again.',
    {
      cause,
    },
  );
}

/** The first code of the system's along the causes; trying several addresses gives an error that holds errors. */
export function systemCode(error: unknown): string | null {
  for (let current = error, depth = 0; depth < 8 && current instanceof Error; depth++) {
    if (current instanceof AggregateError && current.errors.length > 0) {
      const codes = current.errors.map(codeOf);
      // "No route" of one address family says less than what the other met.
      return codes.find((code) => code !== 'ENETUNREACH' && code !== 'EADDRNOTAVAIL') ?? codes[0] ?? null;
    }
    const code = codeOf(current);
    if (code !== null) return code;
    current = current.cause;
  }
  return null;
}
