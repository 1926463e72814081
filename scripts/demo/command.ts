import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Stage } from './stage.ts';
import { root } from './stage.ts';
import type { Terminal } from './terminal.ts';

/** A step of the demo that failed. */
export class StepFailed extends Error {}

export interface Shell extends AsyncDisposable {
  /**
   * Shows a command and runs it in a shell, with its output on the terminal.
   * @param exitCode the expected one; default 0
   * @throws StepFailed for another one
   */
  run(line: string, exitCode?: number): Promise<void>;
  /** Runs a command without showing it, for the demo's checks. @returns its stdout */
  ask(line: string): Promise<string>;
  /** Sets variables for all following commands. */
  set(variables: Record<string, string>): void;
}

export function createShell(stage: Stage, terminal: Terminal): Shell {
  const running = new Set<ChildProcess>();

  const start = (line: string, stdout: 'pipe' | 1): ChildProcess => {
    const isWindows = process.platform === 'win32';
    const child = spawn(line, {
      cwd: root,
      env: stage.env,
      shell: isWindows ? true : (stage.env.SHELL ?? '/bin/sh'),
      // its own group, so that a whole pipeline can be ended
      detached: !isWindows,
      stdio: ['ignore', stdout, stdout === 1 ? 1 : 2],
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
    return child;
  };

  const end = async (child: ChildProcess): Promise<void> => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
    await gone;
    clearTimeout(timer);
  };

  return {
    async run(line, exitCode = 0) {
      terminal.command(line);
      const [code, signal] = await once(start(line, 1), 'exit');
      if (code !== exitCode) {
        const how = signal ? `was ended by ${signal}` : `exited with ${code}`;
        throw new StepFailed(`\`${line}\` ${how}, expected ${exitCode}.`);
      }
      if (exitCode !== 0) terminal.remark(`(exit code ${exitCode}, as expected)`);
    },
    async ask(line) {
      const child = start(line, 'pipe');
      const exited = once(child, 'exit');
      const output = child.stdout ? await text(child.stdout) : '';
      const [code] = await exited;
      if (code !== 0) throw new StepFailed(`\`${line}\` exited with ${code}.`);
      return output;
    },
    set: (variables) => void Object.assign(stage.env, variables),
    async [Symbol.asyncDispose]() {
      await Promise.all([...running].map(end));
    },
  };
}
