import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import { bound } from './bound.ts';
import { StepFailed } from './command.ts';
import { root, type Stage } from './stage.ts';

const FirstLine = z.object({ environment: z.string(), control: z.string() });

/** The sandbox as a process of its own. */
export interface SandboxProcess extends AsyncDisposable {
  /** Path of its environment file. */
  environment: string;
  /** Base address of its controls. */
  control: string;
  /** What it printed first. */
  firstLine: string;
}

/**
 * Runs `varvel sandbox --json` until it is disposed of.
 * @param port of its pages; any free one when not given
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
  if (line === null) throw new StepFailed('`varvel sandbox --json` ended before it said where it is.');
  lines.close();
  return { ...FirstLine.parse(JSON.parse(line)), firstLine: line, [Symbol.asyncDispose]: stop };
}
