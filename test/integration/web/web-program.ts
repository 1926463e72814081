import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import * as z from 'zod/mini';
import type { Machine } from '../cli/machine.ts';
import { type Running, start } from '../cli/program.ts';
import { exchange, stubWindow } from './served.ts';

const builtCli = join(import.meta.dirname, '../../../dist/cli');

/** The built program, with the stub for its window. */
export interface WebProgram extends AsyncDisposable {
  /** Arguments of Node that start it. */
  entry: string;
  start(machine: Machine, args?: string[], env?: Record<string, string>): Promise<RunningWeb>;
}

export interface RunningWeb {
  running: Running;
  url: string;
  origin: string;
}

export async function installWeb(): Promise<WebProgram> {
  await using undo = new AsyncDisposableStack();
  const stub = undo.use(await stubWindow());
  const root = dirname(stub.folder);
  await cp(builtCli, join(root, 'cli'), { recursive: true });
  const entry = join(root, 'cli', 'varvel.cjs');
  const kept = undo.move();
  return {
    entry,
    async start(machine, args = ['--no-browser'], env = {}) {
      const running = start(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', entry, 'web', ...args],
        { env: { ...machine.env, ...env }, cwd: machine.root },
      );
      onTestFinished(() => void running.process.kill());
      const [url] = await running.says(/http:\/\/127\.0\.0\.1:\d+\/open\/[\w-]+/);
      return { running, url, origin: new URL(url).origin };
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Lets a browser in. @returns calls as its window would make them */
export async function enter({ url, origin }: { url: string; origin: string }) {
  const cookie = await exchange(url);
  return async (method: string, input: unknown = null): Promise<unknown> => {
    const response = await fetch(`${origin}/bridge/${method}`, {
      method: 'POST',
      headers: { origin, cookie, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    return z.unknown().parse(await response.json());
  };
}

export interface Terminal extends Disposable {
  /** What the screen has shown so far. */
  shown(): string;
  type(keys: string): void;
  /** The exit code. */
  ended: Promise<number | null>;
}

/** Runs a line of sh in a terminal of its own. */
export function openTerminal(line: string, env: NodeJS.ProcessEnv): Terminal {
  const child = spawn('script', ['-qfec', line, '/dev/null'], {
    env: { ...env, TERM: 'xterm', SHELL: '/bin/sh' },
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    shown += part;
  });
  return {
    shown: () => shown,
    type: (keys) => void child.stdin.write(keys),
    ended: once(child, 'close').then(() => child.exitCode),
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  };
}
