import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as Electron from 'electron';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Installed } from './installed.ts';
import { person } from './person.ts';

/** The window's address. */
export const startAddress = 'varvel://app/';

/** What the probe has watched. */
export interface Seen {
  ipc: { direction: 'in' | 'out'; text: string }[];
  /** The page's console messages, each behind its level. */
  said: string[];
  prevented: { what: string; url: string }[];
  /** Of each window as it was first shown: its ground, and the page's corner. */
  paints: { ground: string; corner: string }[];
  /** When the first window was shown, as Date counts; null before. */
  shownAt: number | null;
}

interface Probe {
  seen: Seen;
  handlers: Map<string, (event: unknown, ...args: unknown[]) => unknown>;
}

/** A running desktop program. */
export interface Desktop extends AsyncDisposable {
  process: ChildProcess;
  /** The window's page, of a browser of the test's own; waits for it. */
  page(): Promise<Page>;
  /**
   * Runs a function in Electron's main process. Only its text goes there: it sees its arguments and nothing around it.
   * @returns what it returns, as far as JSON carries it
   */
  main<Args extends unknown[], Result>(
    work: (electron: typeof Electron, probe: Probe, ...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>>;
  seen(): Promise<Seen>;
  /** The exit code, the signal that ended it, and what went to stderr. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; stderr: string }>;
  /** What the program itself has said; Chromium writes there too. */
  said(): string;
  stderr(): string;
}

export interface LaunchOptions {
  env: NodeJS.ProcessEnv;
  args?: string[];
  /** Of a packed program: it is started in the place of Electron and a folder, and knows no probe. */
  packed?: string;
}

/** Starts the program in an Electron, as the person; it dies with the test's process. */
export function launch(installed: Installed, { env, args = [], packed }: LaunchOptions): Desktop {
  const { electron, modules, app } = installed;
  const command = packed ? [packed] : [electron.program, ...modules.flatMap((path) => ['-r', path]), app];
  const child = spawn(
    '/usr/bin/setpriv',
    ['--pdeathsig', 'KILL', ...command, '--remote-debugging-port=0', ...args],
    {
      // an installed program refuses the debugging port without it
      env: { ...(packed && { VARVEL_TEST_DEBUGGING: '1' }), ...env },
      ...person,
      cwd: env.HOME,
      stdio: packed ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  let stderr = '';
  child.stderr?.on('data', (part) => {
    stderr += String(part);
  });
  child.stdout?.resume();
  const ended = new Promise<Awaited<Desktop['ended']>>((resolve) => {
    child.on('exit', (code, signal) => resolve({ code, signal, stderr }));
  });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  /** One that ends well may have started another in its place. */
  const hasFailed = () => hasEnded() && child.exitCode !== 0;

  const main = createMain(child, ended);
  let browser: Browser | null = null;
  return {
    process: child,
    ended,
    main,
    seen: () => main((_electron, { seen }) => seen),
    stderr: () => stderr,
    said: () => ownLines(stderr),
    async page() {
      const until = Date.now() + 90_000;
      for (;;) {
        if (hasFailed()) throw new Error(`It has ended: ${stderr}`);
        try {
          // a page that comes up meanwhile can leave it waiting for ever
          browser ??= await chromium.connectOverCDP(`http://127.0.0.1:${debuggingPort(env)}`, {
            timeout: 10_000,
          });
          const pages = browser.contexts().flatMap((context) => context.pages());
          const page = pages.find((one) => one.url().startsWith(startAddress));
          if (page) return page;
        } catch (error) {
          if (Date.now() > until) throw error;
        }
        if (Date.now() > until) throw new Error(`No window came up: ${stderr}`);
        await sleep(50);
      }
    },
    async [Symbol.asyncDispose]() {
      await browser?.close().catch(() => undefined);
      if (hasEnded()) return;
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 8000);
      await ended;
      clearTimeout(late);
    },
  };
}

/** Chromium's own lines begin with a bracket or are DevTools' address. */
const ownLines = (stderr: string): string =>
  stderr
    .split('\n')
    .filter((line) => /^(varvel|hint|setup): /.test(line))
    .join('\n');

const debuggingPort = (env: NodeJS.ProcessEnv): number =>
  Number(readFileSync(join(env.VARVEL_HOME ?? '', 'window', 'DevToolsActivePort'), 'utf8').split('\n')[0]);

/** The test's end of the probe. */
function createMain(child: ChildProcess, ended: Desktop['ended']): Desktop['main'] {
  let last = 0;
  const waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>();
  child.on('message', (message: { id: number; result?: never; error?: string }) => {
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error !== undefined) call?.reject(new Error(message.error));
    else if (message.result !== undefined) call?.resolve(message.result);
  });
  void ended.then(({ code, stderr }) => {
    for (const { reject } of waiting.values()) reject(new Error(`It has ended (${code}): ${stderr}`));
  });
  return (work, ...args) =>
    new Promise((resolve, reject) => {
      if (!child.connected) return reject(new Error('It has no probe, or has ended.'));
      const id = ++last;
      waiting.set(id, { resolve, reject });
      child.send({ id, work: String(work), args }, (error) => error && reject(error));
    });
}
