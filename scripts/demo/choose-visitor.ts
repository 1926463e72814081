import { existsSync } from 'node:fs';
import type { Terminal } from './terminal.ts';
import type { Visitor } from './visitor.ts';

/** Names of the system's Chromium and its kin. */
const browserPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
];

export interface VisitorChoice {
  terminal: Terminal;
  /** For a browser that is started here. */
  env: NodeJS.ProcessEnv;
  /** Don't use the user's own browser though there is one. */
  headless: boolean;
}

/** The user's own browser where somebody sits before it, else a headless one, else the pages' plain links. */
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
