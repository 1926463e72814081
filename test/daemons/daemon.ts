import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';

const setpriv = '/usr/bin/setpriv';

/** A program in the background. */
export interface Daemon {
  process: ChildProcess;
  /** What it has written to its third stream. */
  output(): string;
  stop(): Promise<void>;
}

export interface DaemonOptions {
  env: NodeJS.ProcessEnv;
  /** What it reads from stdin; nothing by default. */
  input?: string;
  /** Runs as this user. */
  user?: { uid?: number; gid?: number };
  cwd?: string | undefined;
  /** Shows its stderr. */
  showErrors?: boolean;
}

/** Starts a program that ends with this process, however that ends. */
export function startDaemon(
  command: string,
  args: string[],
  { env, input, user = {}, cwd, showErrors = false }: DaemonOptions,
): Daemon {
  const [program, programArgs] = existsSync(setpriv)
    ? [setpriv, ['--pdeathsig', 'KILL', command, ...args]]
    : [command, args];
  const child = spawn(program, programArgs, {
    env,
    ...user,
    ...(cwd !== undefined && { cwd }),
    stdio: [input === undefined ? 'ignore' : 'pipe', 'ignore', showErrors ? 2 : 'ignore', 'pipe'],
  });
  let text = '';
  child.stdio[3]?.on('data', (part) => {
    text += String(part);
  });
  child.on('error', () => undefined);
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  return {
    process: child,
    output: () => text,
    async stop() {
      process.off('exit', end);
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
