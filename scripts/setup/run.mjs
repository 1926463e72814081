import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The project's folder. */
export const root = join(import.meta.dirname, '..', '..');

/** Prints a progress line. To stderr: stdout may be data. */
export const say = (line) => process.stderr.write(`setup: ${line}\n`);

/** Ends the setup with a reason. */
export function giveUp(lines, exitCode = 1) {
  for (const line of lines) say(line);
  process.exit(exitCode);
}

/** Runs a step. If it fails, exits with its exit code. */
export function must(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    // stdout belongs to the program that runs after the setup
    stdio: ['ignore', 2, 2],
    ...options,
  });
  if (error) giveUp([`Can’t start ${command}: ${error.message}`]);
  if (status !== 0) giveUp([`${[command, ...args].join(' ')} failed.`], status ?? 1);
}

/** Runs a program and passes on terminal, signals and exit code. Node 20 can't replace the process. */
export function handOver(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
  // The terminal sends Ctrl-C to the child too, which decides when to end.
  process.on('SIGINT', () => {});
  for (const name of ['SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
  return new Promise((resolve) => {
    child.once('error', ({ message }) => giveUp([`Can’t start ${command}: ${message}`]));
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
