import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** What the gate looks at: the head of a request, as it came. */
export type Head = Pick<IncomingMessage, 'method' | 'url' | 'headersDistinct'>;

/** The one origin that is ours. */
export const originOf = (port: number): string => `http://127.0.0.1:${port}`;

/**
 * The status with which a request is turned away before anything else is looked at, or null.
 *
 * A name that was rebound to 127.0.0.1 comes with its own Host; another site's page comes with its own Origin, or
 * with a Sec-Fetch-Site that says so. What a page can send by script always has an Origin, and must have ours.
 */
export function refusedStatus({ method, url, headersDistinct }: Head, port: number): 403 | 405 | null {
  const only = (name: keyof IncomingHttpHeaders): string | null | undefined => {
    const values = headersDistinct[name];
    if (values === undefined) return undefined;
    return values.length === 1 ? (values[0] ?? null) : null;
  };
  if (only('host') !== `127.0.0.1:${port}`) return 403;
  // an absolute address has a host of its own, and // would start one
  if (url === undefined || !url.startsWith('/') || url.startsWith('//')) return 403;
  const origin = only('origin');
  if (origin !== undefined && origin !== originOf(port)) return 403;
  const isUpgrade = headersDistinct.upgrade !== undefined;
  if (origin === undefined && (method === 'POST' || isUpgrade)) return 403;
  const site = only('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 403;
  return method === 'GET' || method === 'POST' ? null : 405;
}
