import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { nativeTheme, protocol } from 'electron';
import { contentSecurityPolicy, windowFileTypes, withTheme } from '../../contract/window-page.ts';
import { origin, scheme } from './origin.ts';
import { rendererFile } from './renderer-file.ts';

const headers = (type: string) => ({
  'content-type': type,
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-cache',
});

/** Registers our scheme as a secure one, like https. Call it once, before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the renderer's files under our scheme, and 404 for everything else. */
export function setupProtocol(folder: string): void {
  const notFound = () => new Response('File not found.', { status: 404, headers: headers('text/plain') });

  protocol.handle(scheme, async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return new Response(null, { status: 405, headers: headers('text/plain') });
    }
    const path = rendererFile(request.url, origin, folder);
    if (path === null) return notFound();
    const extension = extname(path);
    const type = windowFileTypes[extension];
    if (!type) return notFound();
    try {
      const bytes = await readFile(path);
      // a page that is slow to hear of nativeTheme would paint the other theme first
      const body = extension === '.html' ? withTheme(bytes.toString(), nativeTheme.themeSource) : bytes;
      return new Response(body, { headers: headers(type) });
    } catch {
      return notFound();
    }
  });
}
