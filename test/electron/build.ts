import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

/** Builds everything that the window's tests start: the command line, the window, main and preload. */
export function setup(): void {
  node(join(root, 'scripts', 'setup.mjs'), 'build');
  node(join(root, 'scripts', 'build-renderer.ts'));
}

/** Runs a script of the project with the Node that runs the tests. */
export function node(...args: string[]): void {
  // the test's own NODE_ENV would make a development build, with the paths of this machine in it
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync(process.execPath, args, { cwd: root, env, stdio: ['ignore', 2, 2] });
}
