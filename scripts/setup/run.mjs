import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The project's folder. */
export const root = join(import.meta.dirname, '..', '..');

/** One line about what is being done. To stderr: a program's own output may be wanted as data. */
export const say = (line) => process.stderr.write(`setup: ${line}\n`);

/** Ends the set-up with a reason. */
export function giveUp(lines, exitCode = 1) {
  for (const line of lines) say(line);
  process.exit(exitCode);
}

/** Runs a step that must succeed; its exit code becomes ours when it doesn't. */
export function must(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    // stdout is left to what comes after the set-up
    stdio: ['ignore', 2, 2],
    ...options,
  });
  if (error) giveUp([`${command} can't be started: ${error.message}`]);
  if (status !== 0) giveUp([`${[command, ...args].join(' ')} failed.`], status ?? 1);
}

/** Runs a program in our place, as far as Node 20 can: terminal, signals and exit code are its own. */
export function handOver(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
  // Ctrl-C reaches the child by itself, as it is in the terminal's group; it decides when to end.
  process.on('SIGINT', () => {});
  for (const name of ['SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
  return new Promise((resolve) => {
    child.once('error', ({ message }) => giveUp([`${command} can't be started: ${message}`]));
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
