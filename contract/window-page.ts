// How every face serves the window's page.

/**
 * What our pages may load: their own files, and pictures as data: URLs. Everything else comes over the bridge.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

/** The window's file types, by extension. No other file is served, such as a source map. */
export const windowFileTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Puts the chosen theme into the page, for its first paint. */
export const withTheme = (html: string, theme: 'system' | 'light' | 'dark'): string =>
  theme === 'system' ? html : html.replace(/<html\b/i, `<html data-theme="${theme}"`);
