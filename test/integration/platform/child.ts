import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Children start three times as fast when the second finds what the first has compiled. */
const compileCache = join(import.meta.dirname, '../../../node_modules/.cache/varvel-test');

/** A program of test/integration/platform/children as a process of its own. */
export interface Child {
  process: ChildProcess;
  /** The lines it has printed. */
  lines: string[];
  /** Resolves once it has printed so many lines, or ended before. */
  printed(count: number): Promise<void>;
  /** Its exit code, null when a signal ended it. */
  ended: Promise<number | null>;
  /** What it wrote to stderr. */
  errors: () => string;
}

export interface ChildOptions {
  /** A command to start it under, with its arguments. */
  under?: string[];
  variables?: Record<string, string>;
  /** Flags for node. */
  flags?: string[];
}

export function startChild(name: string, args: string[], options: ChildOptions = {}): Child {
  const program = join(import.meta.dirname, 'children', `${name}.ts`);
  const [command = process.execPath, ...rest] = [
    ...(options.under ?? []),
    process.execPath,
    ...(options.flags ?? []),
    program,
    ...args,
  ];
  const child = spawn(command, rest, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache, ...options.variables },
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const look of waiting) look();
  };
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    lines.push(line);
    wake();
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    errors += part;
  });
  let over = false;
  const ended = Promise.all([once(child, 'close'), once(reader, 'close')]).then(() => {
    over = true;
    wake();
    return child.exitCode;
  });
  return {
    process: child,
    lines,
    ended,
    errors: () => errors,
    printed: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (lines.length < count && !over) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

export interface Ended {
  code: number | null;
  lines: string[];
  errors: string;
}

/** Starts several that print `ready` and wait, lets them all go at once, and waits for their ends. */
export async function raceChildren(count: number, name: string, args: string[]): Promise<Ended[]> {
  const children = Array.from({ length: count }, () => startChild(name, args));
  await Promise.all(children.map((child) => child.printed(1)));
  for (const child of children) child.process.stdin?.end();
  return Promise.all(
    children.map(async (child) => ({ code: await child.ended, lines: child.lines, errors: child.errors() })),
  );
}

/** Runs one to its end. */
export async function runChild(name: string, args: string[], options: ChildOptions = {}): Promise<Ended> {
  const child = startChild(name, args, options);
  child.process.stdin?.end();
  const code = await child.ended;
  return { code, lines: child.lines, errors: child.errors() };
}
