import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Builds everything that the desktop's tests start: the command line, the window, main and preload. */
export function setup(): void {
  // the test's own NODE_ENV would make a development build, with the paths of this machine in it
  const env = { ...process.env, NODE_ENV: 'production' };
  const run = (...args: string[]) =>
    execFileSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
  run(join(root, 'scripts', 'setup.mjs'), 'build');
  run(join(root, 'scripts', 'build-renderer.ts'));
  run(join(root, 'scripts', 'build-desktop.ts'));
}
