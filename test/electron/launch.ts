import { type ChildProcess, fork, type StdioOptions, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Controls } from './stand-in/control.ts';

const root = join(import.meta.dirname, '..', '..');
const instrument = join(import.meta.dirname, 'real', 'instrument.cjs');
const runner = join(import.meta.dirname, 'stand-in', 'run.ts');

/** The window's address, as it is and as the stand-in has it. */
const isWindow = (url: string): boolean => /^(varvel:\/\/app|https:\/\/app\.varvel\.test)\//.test(url);

type Call = {
  [Name in keyof Controls]: (
    ...args: Parameters<Controls[Name]>
  ) => Promise<Awaited<ReturnType<Controls[Name]>>>;
};

/** A running desktop program. */
export interface Desktop extends AsyncDisposable {
  process: ChildProcess;
  /** What the person and the system can do. */
  do: Call;
  /** The window's page, of a browser of the test's own; waits for it. */
  page(): Promise<Page>;
  /** The exit code, and what went to stderr. */
  ended: Promise<{ code: number | null; stderr: string }>;
  stderr(): string;
}

export interface LaunchOptions {
  env: NodeJS.ProcessEnv;
  args?: string[];
  /** Where package.json is. */
  folder?: string;
}

/** The stand-in, or real Electron where VARVEL_TEST_ELECTRON names it. */
function start({ env, args = [], folder = root }: LaunchOptions): ChildProcess {
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe', 'ipc'];
  const electron = process.env.VARVEL_TEST_ELECTRON;
  if (!electron) {
    const execArgv = ['--disable-warning=ExperimentalWarning'];
    return fork(runner, [folder, ...args], { env, stdio, execArgv });
  }
  const { DISPLAY, WAYLAND_DISPLAY, XDG_RUNTIME_DIR, XAUTHORITY } = process.env;
  return spawn(electron, ['-r', instrument, folder, '--remote-debugging-port=0', ...args], {
    env: { DISPLAY, WAYLAND_DISPLAY, XDG_RUNTIME_DIR, XAUTHORITY, ...env },
    stdio,
  });
}

/** Starts the built program. */
export function launch(options: LaunchOptions): Desktop {
  const child = start(options);
  let stderr = '';
  child.stderr?.on('data', (part) => {
    stderr += String(part);
  });
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, stderr }));
  });

  let last = 0;
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  child.on('message', (message: { id: number; result?: unknown; error?: string }) => {
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error !== undefined) call?.reject(new Error(message.error));
    else call?.resolve(message.result);
  });
  void ended.then(({ code }) => {
    for (const { reject } of waiting.values()) reject(new Error(`It has ended (${code}): ${stderr}`));
  });

  const call = (name: string, ...parameters: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      child.send({ id, name, args: parameters }, (error) => error && reject(error));
    });
  const controls = new Proxy({} as Call, {
    get:
      (_target, name) =>
      (...parameters: unknown[]) =>
        call(String(name), ...parameters),
  });

  let browser: Browser | null = null;
  return {
    process: child,
    do: controls,
    ended,
    stderr: () => stderr,
    async page() {
      const until = Date.now() + 20_000;
      for (;;) {
        if (child.exitCode !== null) throw new Error(`It has ended: ${stderr}`);
        try {
          browser ??= await chromium.connectOverCDP(`http://127.0.0.1:${await controls.port()}`);
          const pages = browser.contexts().flatMap((context) => context.pages());
          const page = pages.find((one) => isWindow(one.url()));
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
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        const late = setTimeout(() => child.kill('SIGKILL'), 8000);
        await ended;
        clearTimeout(late);
      }
    },
  };
}
