import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { partsFromOpener } from './answer-headers.ts';

/** The part of a request that is checked. */
export type Head = Pick<IncomingMessage, 'method' | 'url' | 'headersDistinct'>;

/** Where links are opened. */
export const openPath = '/open/';

/** Whether a URL shows a page, rather than what belongs to one. */
export const isPage = (url: string): boolean => /^\/(?:\?|$)/.test(url) || url.startsWith(openPath);

/**
 * Whether a service worker asks: ours there is none. Another program that had this port before may have left one in the browser, which
 * would change our page.
 */
function isByServiceWorker(only: (name: string) => string | null | undefined, url: string): boolean {
  if (only('service-worker') !== undefined || only('service-worker-navigation-preload') !== undefined)
    return true;
  const destination = only('sec-fetch-dest');
  return isPage(url) && destination !== undefined && destination !== 'document';
}

/**
 * Where a request must come from: a call from our page, and a page from nowhere else than a person. A page that another program left over
 * on this port is of our origin, and a window that it sends here is open to it, unless the browser parts them.
 */
const sitesOf = (url: string, parts: boolean): string[] =>
  isPage(url) && !parts ? ['none'] : ['same-origin', 'none'];

/** The web view's own origin. */
export const originOf = (port: number): string => `http://127.0.0.1:${port}`;

/**
 * The status to refuse a request with before anything else is checked, or null to let it through.
 *
 * A name rebound to 127.0.0.1 sends its own Host. Another site's page sends its own Origin, or a Sec-Fetch-Site that
 * says so. What a page sends by script always has an Origin, which must be ours.
 */
export function refusedStatus({ method, url, headersDistinct }: Head, port: number): 403 | 405 | null {
  const only = (name: keyof IncomingHttpHeaders): string | null | undefined => {
    const values = headersDistinct[name];
    if (values === undefined) return undefined;
    return values.length === 1 ? (values[0] ?? null) : null;
  };
  if (only('host') !== `127.0.0.1:${port}`) return 403;
  // an absolute address names a host of its own, and so does one that starts with //
  if (url === undefined || !url.startsWith('/') || url.startsWith('//')) return 403;
  const origin = only('origin');
  if (origin !== undefined && origin !== originOf(port)) return 403;
  const isUpgrade = headersDistinct.upgrade !== undefined;
  if (origin === undefined && (method === 'POST' || isUpgrade)) return 403;
  const site = only('sec-fetch-site');
  if (
    site !== undefined &&
    (site === null || !sitesOf(url, partsFromOpener(only('sec-ch-ua') ?? undefined)).includes(site))
  )
    return 403;
  if (isByServiceWorker(only, url)) return 403;
  return method === 'GET' || method === 'POST' ? null : 405;
}
