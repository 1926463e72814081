import { contentSecurityPolicy } from '../contract/window-page.ts';

/** The headers of every answer, including refusals. There is no CORS header, so no other origin can read them. */
export const answerHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), display-capture=()',
} as const;

/**
 * Whether a browser can part our page from a page of the same origin that opened its tab, and was left over by another program on this port:
 * Chromium since 131.
 */
export const partsFromOpener = (brands: string | undefined): boolean =>
  Number(/"Chromium";v="(\d+)"/.exec(brands ?? '')?.[1] ?? 0) >= 131;

/** The policy that does so. Elsewhere it would be no policy at all. */
export const openerPolicyFor = (brands: string | undefined): string =>
  partsFromOpener(brands) ? 'noopener-allow-popups' : answerHeaders['Cross-Origin-Opener-Policy'];
