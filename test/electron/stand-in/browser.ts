import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Request as PageRequest, type Route } from 'playwright-core';
import { fromBrowser } from './addresses.ts';
import { chromiumPath } from './chromium-path.ts';
import { preventable } from './event.ts';
import { world } from './world.ts';

/** Starts Chromium once, with its data where Electron would keep it. @param folder userData */
export async function startBrowser(folder: string): Promise<BrowserContext> {
  if (world.browser) return world.browser;
  const context = await chromium.launchPersistentContext(join(folder, 'stand-in'), {
    executablePath: chromiumPath(process.env),
    args: ['--no-sandbox', '--remote-debugging-port=0', '--disable-gpu'],
    viewport: null,
    acceptDownloads: true,
  });
  world.browser = context;
  await context.route('**/*', async (route, request) => {
    try {
      await answer(route, request);
    } catch (error) {
      // a page that is closed meanwhile needs no answer
      if (!isGone(error)) throw error;
    }
  });
  context.on('page', (page) => {
    // a page that no BrowserWindow has made; Electron has made none of it when a handler denies
    void page.opener().then((opener) => (opener ? page.close() : undefined));
  });
  return context;
}

/** Playwright's words for a page or a browser that has been closed, or a request that went with it. */
export const isGone = (error: unknown): boolean =>
  error instanceof Error &&
  /has been closed|Target closed|Invalid InterceptionId|with given id not found/.test(error.message);

/** Where another program can take hold of the pages. */
export const debuggingPort = (folder: string): number =>
  Number(readFileSync(join(folder, 'stand-in', 'DevToolsActivePort'), 'utf8').split('\n')[0]);

const schemes = () => world.handlers.keys();

/** Decides on every request of a page: our scheme is served by its handler, a navigation asks first. */
async function answer(route: Route, request: PageRequest): Promise<void> {
  const address = fromBrowser(request.url(), schemes());
  const frame = frameOf(request);
  const window = frame ? world.windowOf.get(frame.page()) : undefined;
  if (!window) return route.abort('blockedbyclient');
  if (request.isNavigationRequest() && !window.webContents.programmatic) {
    const isMainFrame = frame === frame?.page().mainFrame();
    if (!mayNavigate(window.webContents, address, isMainFrame)) {
      world.done.prevented.push({ what: isMainFrame ? 'navigation' : 'frame navigation', url: address });
      return route.abort('aborted');
    }
  }
  const handler = world.handlers.get(address.split(':')[0] ?? '');
  if (!handler) return route.continue();
  const response = await handler(new Request(address, { method: request.method() }));
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

function frameOf(request: PageRequest) {
  try {
    return request.frame();
  } catch {
    // the first request of a page that is just being opened
    return null;
  }
}

interface Navigable {
  emit(event: string, ...args: unknown[]): boolean;
}

function mayNavigate(contents: Navigable, url: string, isMainFrame: boolean): boolean {
  const inFrame = preventable({ url, isMainFrame });
  contents.emit('will-frame-navigate', inFrame);
  if (!isMainFrame) return !inFrame.defaultPrevented;
  const inMain = preventable({ url, isMainFrame });
  contents.emit('will-navigate', inMain);
  return !inFrame.defaultPrevented && !inMain.defaultPrevented;
}
