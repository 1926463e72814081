import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Person } from '../../electron/person.ts';

/** The program as a user starts it. */
export const varvelProgram = join(import.meta.dirname, '../../../bin/varvel');

/** How a program ended and what it said. */
export interface Ended {
  /** Its exit code; null when a signal ended it. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** How long it took, in milliseconds. */
  took: number;
}

/** A program that runs. */
export interface Running {
  process: ChildProcess;
  /** What it has said so far. */
  said: () => { stdout: string; stderr: string };
  /** Waits until stderr or stdout matches. @throws Error when the program ends without saying it */
  says(pattern: RegExp): Promise<RegExpMatchArray>;
  ended: Promise<Ended>;
}

export interface StartOptions {
  env: NodeJS.ProcessEnv;
  cwd?: string;
  /** What it finds on standard input; nothing when not given. */
  input?: string;
  /** Whom it runs as; else whoever runs the tests. */
  person?: Person;
}

export function start(command: string, args: readonly string[], options: StartOptions): Running {
  const begun = performance.now();
  const child = spawn(command, args, {
    env: options.env,
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    ...options.person,
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  // a program that doesn't read its input is not a failure of the test's process
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(options.input);
  let stdout = '';
  let stderr = '';
  let over = false;
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const look of waiting) look();
  };
  child.stdout?.setEncoding('utf8').on('data', (part: string) => {
    stdout += part;
    wake();
  });
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    stderr += part;
    wake();
  });
  const ended = once(child, 'close').then(() => {
    over = true;
    wake();
    return {
      code: child.exitCode,
      signal: child.signalCode,
      stdout,
      stderr,
      took: performance.now() - begun,
    };
  });
  return {
    process: child,
    said: () => ({ stdout, stderr }),
    ended,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = stderr.match(pattern) ?? stdout.match(pattern);
          if (!found && !over) return;
          waiting.delete(look);
          if (found) resolve(found);
          else reject(new Error(`It ended without saying ${pattern}:\n${stdout}\n${stderr}`));
        };
        waiting.add(look);
        look();
      }),
  };
}

/** Runs a program to its end. */
export const run = (command: string, args: readonly string[], options: StartOptions): Promise<Ended> =>
  start(command, args, options).ended;
