// Runs in Windows, with Windows' Node: starts programs for the tests and tells what they say. Its orders come as lines
// of JSON over loopback, since Wine can't use pipes of the system around it.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

/** An order of the tests. */
export type Order =
  | {
      kind: 'start';
      id: number;
      program: string;
      args: string[];
      env: Record<string, string>;
      cwd: string;
      input: string | null;
      /** The arguments are one command line, quoted already. */
      verbatim: boolean;
    }
  | { kind: 'kill'; id: number };

/** What happened to a program. */
export type News =
  | { kind: 'said'; id: number; stream: 'stdout' | 'stderr'; text: string }
  | { kind: 'ended'; id: number; code: number | null; signal: string | null }
  | { kind: 'failed'; id: number; message: string };

const running = new Map<number, ChildProcess>();
const socket = connect(Number(process.argv[2]), '127.0.0.1');
const tell = (news: News) => socket.write(`${JSON.stringify(news)}\n`);

function start(order: Order & { kind: 'start' }): void {
  const { id, program, args, env, cwd, input, verbatim } = order;
  const child = spawn(program, args, { env, cwd, windowsVerbatimArguments: verbatim });
  running.set(id, child);
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => tell({ kind: 'said', id, stream, text }));
  child.on('error', ({ message }) => tell({ kind: 'failed', id, message }));
  child.on('close', (code, signal) => {
    running.delete(id);
    tell({ kind: 'ended', id, code, signal });
  });
}

createInterface({ input: socket }).on('line', (line) => {
  const order: Order = JSON.parse(line);
  if (order.kind === 'start') start(order);
  else running.get(order.id)?.kill();
});
socket.on('close', () => {
  for (const { pid } of running.values())
    if (pid !== undefined) spawnSync('taskkill.exe', ['/F', '/T', '/PID', String(pid)]);
  process.exit(0);
});
socket.on('error', () => process.exit(1));
