import { isLoopback } from './environment.ts';
import type { Environment } from './fal-environment.ts';

/** fal's own documentation. */
const documentation = ['docs.fal.ai', 'fal.ai'];

/** The pages of an environment that a person is sent to. */
export const environmentPages = ({ issuer, connectionUrl, dashboardUrl }: Environment): URL[] =>
  [issuer, connectionUrl, dashboardUrl].map((page) => new URL(page));

/**
 * The URL to open in the system's browser, normalized, or null when it is not allowed: https
 * on the hosts of the environment's pages and of fal's documentation, and plain http for an environment on loopback.
 */
export function allowedLink(address: string, environment: Environment): string | null {
  const url = URL.parse(address);
  if (url?.username !== '' || url.password !== '') return null;
  const isPage = environmentPages(environment).some(
    ({ protocol, host }) => protocol === url.protocol && host === url.host,
  );
  if (url.protocol === 'https:' && (isPage || documentation.includes(url.host))) return url.href;
  if (url.protocol === 'http:' && isPage && isLoopback(url)) return url.href;
  return null;
}
