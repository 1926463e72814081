import type { Environment } from '../../core/model/fal-environment.ts';
import { isLoopbackUrl } from '../../platform/net/http-error.ts';

/** fal's own documentation, and this program's. */
const documentation = ['docs.fal.ai', 'fal.ai'];

const pagesOf = ({ issuer, connectionUrl, dashboardUrl }: Environment): string[] => [
  issuer,
  connectionUrl,
  dashboardUrl,
];

/**
 * The address to hand to the system's browser, as the URL parser writes it, or null when it may not be opened: https
 * on the hosts of the environment's pages and of fal's documentation, and plain http for an environment on loopback.
 */
export function allowedLink(address: string, environment: Environment): string | null {
  const url = URL.parse(address);
  if (url?.username !== '' || url.password !== '') return null;
  const pages = pagesOf(environment).map((page) => new URL(page));
  const isPage = pages.some(({ protocol, host }) => protocol === url.protocol && host === url.host);
  if (url.protocol === 'https:' && (isPage || documentation.includes(url.host))) return url.href;
  if (url.protocol === 'http:' && isPage && isLoopbackUrl(url.href)) return url.href;
  return null;
}
