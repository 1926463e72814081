/**
 * Chromium can't be taught a scheme from outside: `varvel://app/x` is asked for as `https://app.varvel.test/x`, which
 * is a secure origin like the real one, and never leaves the machine, since every request of it is answered here.
 */
const ending = '.test';

export function toBrowser(address: string, schemes: Iterable<string>): string {
  const url = URL.parse(address);
  const scheme = url?.protocol.slice(0, -1);
  if (!url || !scheme || ![...schemes].includes(scheme)) return address;
  return `https://${url.host}.${scheme}${ending}${url.pathname || '/'}${url.search}${url.hash}`;
}

export function fromBrowser(address: string, schemes: Iterable<string>): string {
  const url = URL.parse(address);
  if (!url?.hostname.endsWith(ending)) return address;
  const [host, scheme] = url.hostname.slice(0, -ending.length).split('.');
  if (!scheme || ![...schemes].includes(scheme)) return address;
  return `${scheme}://${host}${url.pathname}${url.search}${url.hash}`;
}

export const originOf = (address: string): string => {
  const [, origin] = address.match(/^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)/i) ?? [];
  return origin ?? 'null';
};
