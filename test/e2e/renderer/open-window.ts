import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { startSandbox } from '../../../sandbox/start.ts';
import { type Program, type ProgramOptions, startProgram } from './program/program.ts';

declare global {
  interface Window {
    violations: string[];
  }
}

const rendererFolder = join(import.meta.dirname, '..', '..', '..', 'dist', 'renderer');

export interface Look {
  theme?: 'light' | 'dark';
  size?: { width: number; height: number };
  reducedMotion?: boolean;
}

export interface Shown extends Look {
  options?: ProgramOptions;
}

export interface OpenedPage {
  page: Page;
  /** Errors in the console and violations of the policy, so far. */
  complaints: () => Promise<string[]>;
  close: () => Promise<void>;
}

export interface OpenedWindow extends OpenedPage {
  program: Program;
}

export interface Windows {
  /** Starts a program, and opens its window. */
  open: (shown?: Shown) => Promise<OpenedWindow>;
  /** Opens one more window of a program. */
  openPage: (program: Program, look?: Look) => Promise<OpenedPage>;
  close: () => Promise<void>;
}

/** Chromium, and a sandbox that is as new for each program. One program runs at a time. */
export async function startWindows(): Promise<Windows> {
  const [sandbox, browser] = await Promise.all([startSandbox(), launch()]);
  const running = new Set<Program & AsyncDisposable>();

  async function start(options: ProgramOptions = {}) {
    const program = await startProgram(sandbox, rendererFolder, options);
    running.add(program);
    return program;
  }

  async function stop(program: Program & AsyncDisposable): Promise<void> {
    running.delete(program);
    await program[Symbol.asyncDispose]();
  }

  return {
    openPage: (program, look) => openPage(browser, program, look),
    async open({ options, ...look } = {}) {
      const program = await start(options);
      const opened = await openPage(browser, program, look);
      return {
        ...opened,
        program,
        async close() {
          await opened.close();
          await stop(program);
        },
      };
    },
    async close() {
      await browser.close();
      for (const program of running) await stop(program);
      await sandbox.close();
    },
  };
}

const usualBrowser = '/usr/bin/chromium';
/** The second has nothing but pages, and opens one in half the time. */
const browsers = [process.env.CHROMIUM ?? '', '/usr/bin/chromium-headless-shell', usualBrowser];

/** The browser that starts; in hundreds of starts the first has failed to once. */
async function launch(): Promise<Browser> {
  const [first = usualBrowser] = browsers.filter((path) => existsSync(path));
  return launchFrom(first).catch(() => launchFrom(usualBrowser));
}

const launchFrom = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      // a GPU that software plays takes half of the time
      '--disable-gpu',
      '--disable-software-rasterizer',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });

async function openPage(
  browser: Browser,
  program: Program,
  { theme = 'light', size = { width: 1240, height: 800 }, reducedMotion = true }: Look = {},
): Promise<OpenedPage> {
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
  // runs before the page's own scripts
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      window.violations.push(`${violatedDirective} ${blockedURI} ${sourceFile}`);
    });
  });
  await page.goto(program.newLink());
  return {
    page,
    complaints: async () => [...errors, ...(await page.evaluate(() => window.violations))],
    close: () => context.close(),
  };
}
