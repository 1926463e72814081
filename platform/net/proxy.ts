import { request as plainRequest } from 'node:http';
import { request as safeRequest } from 'node:https';
import type { Socket } from 'node:net';
import { VarvelError } from '../../core/model/error.ts';
import { systemCode } from './http-error.ts';

/** Finds the proxy for a URL; null to connect directly. */
export type FindProxy = (url: URL) => Promise<URL | null>;

/** How long a proxy may take to open a tunnel, in milliseconds. */
const tunnelLimitMs = 10_000;

const hint = 'Check HTTPS_PROXY and NO_PROXY, or the system’s proxy settings.';

type Variables = Record<string, string | undefined>;

/**
 * The proxy of HTTPS_PROXY or ALL_PROXY, unless NO_PROXY lists the host, as curl reads them: the lower-case name wins,
 * a proxy without a scheme is http, and a listed domain includes its subdomains.
 */
export async function proxyFromVariables(url: URL, variables: Variables = process.env): Promise<URL | null> {
  const read = (name: string) => variables[name] || variables[name.toUpperCase()] || '';
  const text = read('https_proxy') || read('all_proxy');
  if (
    !text ||
    read('no_proxy')
      .toLowerCase()
      .split(/[\s,]+/)
      .some(includes(url))
  )
    return null;
  return checkedProxy(text.includes('://') ? text : `http://${text}`);
}

/** Whether an entry of NO_PROXY, such as `.example.com` or `10.0.0.1:8443`, includes the URL's host. */
const includes =
  (url: URL) =>
  (entry: string): boolean => {
    const [, domain, port] = entry.match(/^\*?\.?(.+?)(?::(\d+))?$/) ?? [];
    if (entry === '*') return true;
    if (domain === undefined || (port !== undefined && port !== (url.port || '443'))) return false;
    return url.hostname === domain || url.hostname.endsWith(`.${domain}`);
  };

/**
 * The first usable proxy of a PAC result such as `PROXY proxy.example:3128; DIRECT`, which Chromium's
 * `resolveProxy` returns.
 * @throws VarvelError `unreachable` when all are SOCKS proxies
 */
export function proxyFromPac(result: string): URL | null {
  const entries = result.split(';').map((entry) => entry.trim().split(/\s+/));
  for (const [kind, host] of entries) {
    if (kind === 'DIRECT') return null;
    if (kind === 'PROXY' || kind === 'HTTPS') {
      return checkedProxy(`${kind === 'PROXY' ? 'http' : 'https'}://${host}`);
    }
  }
  if (entries.some(([kind]) => kind?.startsWith('SOCKS'))) throw notSupported('a SOCKS proxy');
  return null;
}

function checkedProxy(text: string): URL {
  const url = URL.parse(text);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw notSupported(url ? `a ${url.protocol.replace(':', '')} proxy` : 'a proxy with a malformed URL');
}

const notSupported = (what: string) =>
  new VarvelError(
    'unreachable',
    `The settings name ${what}, which Varvel can’t use.`,
    `${hint} Use an http proxy.`,
  );

/** Opens a connection to the target through a proxy. @throws VarvelError `unreachable` */
export function openTunnel(proxy: URL, { hostname, port }: URL): Promise<Socket> {
  const target = `${hostname}:${port || 443}`;
  const user = decodeURIComponent(proxy.username);
  const login = Buffer.from(`${user}:${decodeURIComponent(proxy.password)}`).toString('base64');
  return new Promise((resolve, reject) => {
    const request = (proxy.protocol === 'https:' ? safeRequest : plainRequest)({
      // an IPv6 address without its brackets
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...(user && { 'proxy-authorization': `Basic ${login}` }) },
      agent: false,
      timeout: tunnelLimitMs,
      rejectUnauthorized: true,
    });
    const fail = (what: string, cause?: unknown) => {
      request.destroy();
      reject(new VarvelError('unreachable', `The proxy ${proxy.host} ${what}.`, hint, { cause }));
    };
    request.once('connect', ({ statusCode, statusMessage }, socket) => {
      if (statusCode === 200) resolve(socket);
      else fail(refusal(target, statusCode, statusMessage));
    });
    request.once('response', ({ statusCode, statusMessage }) =>
      fail(refusal(target, statusCode, statusMessage)),
    );
    request.once('timeout', () => fail(`didn’t answer within ${tunnelLimitMs / 1000} s`));
    request.once('error', (error) => fail(`can’t be reached (${systemCode(error) ?? error.message})`, error));
    request.end();
  });
}

const refusal = (target: string, status: number | undefined, words: string | undefined): string =>
  status === 407
    ? 'wants a user name and a password (407)'
    : `refused a connection to ${target} (${[status, words].filter(Boolean).join(' ')})`;
