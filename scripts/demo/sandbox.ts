import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import { bound } from './bound.ts';
import { StepFailed } from './command.ts';
import { root, type Stage } from './stage.ts';

const FirstLine = z.object({ environment: z.string(), control: z.string() });

/** The sandbox in its own process. */
export interface SandboxProcess extends AsyncDisposable {
  /** Path of its environment file. */
  environment: string;
  /** Base URL of its control API. */
  control: string;
  /** Its first line of output. */
  firstLine: string;
}

/**
 * Runs `varvel sandbox --json` until it is disposed.
 * @param port of its pages; default any free one
 * @throws StepFailed when it doesn't start
 */
export async function startSandboxProcess(stage: Stage, port?: number): Promise<SandboxProcess> {
  const program = [process.execPath, join(root, 'dist', 'cli', 'varvel.cjs')];
  const varvel = process.platform === 'win32' ? program : [join(root, 'bin', 'varvel')];
  const [first = '', ...rest] = varvel;
  const where = port === undefined ? [] : ['--port', String(port)];
  const [command, args] = bound(first, [...rest, 'sandbox', '--json', ...where]);
  const child = spawn(command, args, {
    env: stage.env,
    cwd: stage.folder,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
    await exited.catch(() => undefined);
    clearTimeout(timer);
  };
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([
    once(lines, 'line').then(([first]) => String(first)),
    exited.then(
      () => null,
      () => null,
    ),
  ]);
  if (line === null) throw new StepFailed('`varvel sandbox --json` ended before it printed its environment.');
  lines.close();
  return { ...FirstLine.parse(JSON.parse(line)), firstLine: line, [Symbol.asyncDispose]: stop };
}
