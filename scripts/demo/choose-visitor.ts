import { existsSync } from 'node:fs';
import type { Terminal } from './terminal.ts';
import type { Visitor } from './visitor.ts';

/** Paths of Chromium and similar browsers. */
const browserPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
];

export interface VisitorChoice {
  terminal: Terminal;
  /** For a browser that the demo starts. */
  env: NodeJS.ProcessEnv;
  /** Don't use the user's browser, even if there is one. */
  headless: boolean;
}

/** The user's browser for a person at a screen, or a headless one, or the pages' plain links. */
export async function chooseVisitor({ terminal, env, headless }: VisitorChoice): Promise<Visitor> {
  const isLinux = process.platform === 'linux';
  const hasDisplay = !isLinux || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  if (!headless && hasDisplay && process.stdout.isTTY && process.stdin.isTTY) {
    const { ownBrowser } = await import('./visitors/own-browser.ts');
    return ownBrowser(terminal);
  }
  const chromium = browserPaths.find((path) => existsSync(path));
  if (chromium !== undefined) {
    const { headlessChromium } = await import('./visitors/headless-chromium.ts');
    return headlessChromium(chromium, env, terminal);
  }
  const { plainLinks } = await import('./visitors/plain-links.ts');
  return plainLinks(terminal);
}
