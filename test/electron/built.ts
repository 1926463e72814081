import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Builds everything that the desktop's tests start: the command line, the window, main and preload. */
export function setup(): void {
  const run = (...args: string[]) => execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  run(join(root, 'scripts', 'setup.mjs'), 'build');
  run(join(root, 'scripts', 'build-renderer.ts'));
  run(join(root, 'scripts', 'build-desktop.ts'));
}
