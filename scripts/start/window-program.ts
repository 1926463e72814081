import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { FaceName } from '../../core/model/face.ts';
import type { FoundElectron } from './electron.ts';

const root = join(import.meta.dirname, '..', '..');

/** A program that shows the window, with its arguments. */
export interface WindowProgram {
  face: FaceName;
  program: string;
  args: string[];
}

/**
 * Electron with the built desktop program, or `varvel web`, after one line that says why.
 * @param electron as found; null when only the web view is wanted
 * @param who the line's prefix
 * @returns null when the desktop program can't be built; the error is on stderr
 */
export function windowProgram(electron: FoundElectron | null, who: string): WindowProgram | null {
  if (electron && 'program' in electron) {
    const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'build-desktop.ts')], {
      // stdout belongs to the program
      stdio: ['ignore', 2, 2],
    });
    return status === 0 ? { face: 'desktop', program: electron.program, args: [root] } : null;
  }
  if (electron) process.stderr.write(`${who}: ${electron.missing}. The window opens in your browser.\n`);
  const cli = join(root, 'dist', 'cli', 'varvel.cjs');
  return {
    face: 'web',
    program: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', cli, 'web'],
  };
}
