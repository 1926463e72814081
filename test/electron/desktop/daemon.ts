import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { person } from '../person.ts';

/** A program in the background. */
export interface Daemon {
  process: ChildProcess;
  /** What it has written to its third stream. */
  told(): string;
  stop(): Promise<void>;
}

/** Starts a program as the person; it dies with this process, however that ends. */
export function startDaemon(command: string, args: string[], env: NodeJS.ProcessEnv): Daemon {
  const child = spawn('/usr/bin/setpriv', ['--pdeathsig', 'KILL', command, ...args], {
    env,
    ...person,
    cwd: env.HOME,
    stdio: ['ignore', 'ignore', process.env.VARVEL_TEST_DESKTOP_LOG ? 2 : 'ignore', 'pipe'],
  });
  let text = '';
  child.stdio[3]?.on('data', (part) => {
    text += String(part);
  });
  child.on('error', () => undefined);
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  return {
    process: child,
    told: () => text,
    async stop() {
      process.off('exit', end);
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Waits for what comes up, for a busy machine. @throws Error when it doesn't */
export async function until<T>(what: string, look: () => Promise<T | null> | T | null): Promise<T> {
  for (const end = Date.now() + 90_000; ; await sleep(25)) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(`${what} did not come up within 90 s`);
  }
}
