import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export type Call = ['prepare' | 'get' | 'set' | 'delete' | 'names', ...string[]];
export type Answer = { value: unknown } | { error: { code: string; message: string; hint: string } };

export interface ChildOptions {
  kind: 'keychain' | 'file';
  /** The environment's data folder. */
  folder: string;
  ask?: boolean;
  /** Handed over as an agent would. */
  identity?: string;
  umask?: number;
  once?: Call;
  /** Writes this secret again and again, and says each time that it is stored. */
  writeForEver?: string;
}

export interface Outcome {
  answer: Answer;
  /** What was said before the answer, such as a warning. */
  said: unknown[];
  exitCode: number | null;
  /** Wall time from start to end of the process. */
  tookMs: number;
}

const child = fileURLToPath(new URL('vault-child.ts', import.meta.url));
/** Compiling the same few files is half of what these many processes would cost. */
const compiled = fileURLToPath(new URL('../../../node_modules/.cache/varvel-tests', import.meta.url));

export const startChild = (options: ChildOptions, env: NodeJS.ProcessEnv): ChildProcess =>
  spawn(process.execPath, [child], {
    env: { ...env, NODE_COMPILE_CACHE: compiled, VAULT_CHILD: JSON.stringify(options) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });

/** The shell command that runs the child; for a pseudo-terminal. */
export const childCommand = `'${process.execPath}' '${child}'`;

/** One call in a process of its own, as a command of Varvel makes it. */
export async function callOnce(options: ChildOptions, env: NodeJS.ProcessEnv): Promise<Outcome> {
  const begun = performance.now();
  const process = startChild(options, env);
  let output = '';
  process.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  await once(process, 'close');
  const lines = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const answer: Answer = lines.pop();
  return { answer, said: lines, exitCode: process.exitCode, tookMs: performance.now() - begun };
}

/** A process that stays, as the window does. */
export function stayingProcess(options: ChildOptions, env: NodeJS.ProcessEnv) {
  const process = startChild(options, env);
  if (!process.stdout || !process.stdin) throw new Error('no pipes');
  const { stdin } = process;
  const lines = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
  return {
    /** Several calls at once. */
    async all(calls: Call[]): Promise<Answer[]> {
      stdin.write(`${JSON.stringify(calls)}\n`);
      const line = await lines.next();
      if (line.done) throw new Error('the process ended');
      return JSON.parse(line.value);
    },
    async [Symbol.asyncDispose]() {
      if (process.exitCode !== null || process.signalCode !== null) return;
      process.kill('SIGKILL');
      await once(process, 'exit');
    },
  };
}

export const codeOf = (answer: Answer): string | null => ('error' in answer ? answer.error.code : null);
