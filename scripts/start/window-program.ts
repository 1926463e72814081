import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { FaceName } from '../../core/model/face.ts';
import type { FoundElectron } from './electron.ts';

const root = join(import.meta.dirname, '..', '..');

/** A program that shows the window, and what it is started with. */
export interface WindowProgram {
  face: FaceName;
  program: string;
  args: string[];
}

/**
 * Electron on the built desktop program, or `varvel web`, which says in one line why it is that.
 * @param electron as found; null when only the web view is wanted
 * @param who begins the line
 * @returns null when the desktop program can't be built; what went wrong stands on stderr
 */
export function windowProgram(electron: FoundElectron | null, who: string): WindowProgram | null {
  if (electron && 'program' in electron) {
    const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'build-desktop.ts')], {
      // stdout is for the program's own
      stdio: ['ignore', 2, 2],
    });
    return status === 0 ? { face: 'desktop', program: electron.program, args: [root] } : null;
  }
  if (electron)
    process.stderr.write(`${who}: ${electron.missing}, so the window is shown in your browser.\n`);
  const cli = join(root, 'dist', 'cli', 'varvel.cjs');
  return {
    face: 'web',
    program: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', cli, 'web'],
  };
}
