import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import type { FakeOptions } from './fake/memory.ts';
// declares what the page's window holds
import type {} from './fake-page.ts';

const dist = join(import.meta.dirname, '..', '..', '..', 'dist', 'renderer');

export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** The built window over loopback, with the policy that its real faces send. */
async function serve() {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    const file = normalize(join(dist, path === '/' ? 'index.html' : path));
    try {
      const body = await readFile(file);
      response.writeHead(200, {
        'content-type': types[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': policy,
      });
      response.end(body);
    } catch {
      response.writeHead(404, { 'content-security-policy': policy }).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
}

async function bundleFake(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    root: import.meta.dirname,
    build: {
      write: false,
      target: 'chrome130',
      lib: { entry: join(import.meta.dirname, 'fake-page.ts'), formats: ['iife'], name: 'fakePage' },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (!output || !('output' in output)) throw new Error('The fake bridge was not built.');
  return output.output[0].code;
}

export interface Shown {
  options?: FakeOptions;
  theme?: 'light' | 'dark';
  size?: { width: number; height: number };
  reducedMotion?: boolean;
}

export interface OpenedWindow {
  page: Page;
  /** Errors in the console and violations of the policy, so far. */
  complaints: () => Promise<string[]>;
  close: () => Promise<void>;
}

export interface Windows {
  open: (shown?: Shown) => Promise<OpenedWindow>;
  url: string;
  browser: Browser;
  close: () => Promise<void>;
}

/** Chromium with the built window in it, over the fake bridge. */
export async function startWindows(): Promise<Windows> {
  const [server, fake, browser] = await Promise.all([
    serve(),
    bundleFake(),
    chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    }),
  ]);
  return {
    url: server.url,
    browser,
    async open({
      options = {},
      theme = 'light',
      size = { width: 1240, height: 800 },
      reducedMotion = true,
    } = {}) {
      const context = await browser.newContext({
        viewport: size,
        colorScheme: theme,
        reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
      });
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      page.on('pageerror', (error) => errors.push(error.message));
      await page.addInitScript({ content: `window.fakeOptions = ${JSON.stringify(options)};\n${fake}` });
      await page.goto(server.url);
      return {
        page,
        complaints: async () => [...errors, ...(await page.evaluate(() => window.violations))],
        close: () => context.close(),
      };
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}
