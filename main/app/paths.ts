import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { openHome } from '../../platform/files/home.ts';

/**
 * Puts what Chromium and the window keep into a folder of ours below Varvel's own, so that each home has its window
 * and its single instance. Before the app is ready.
 * @throws VarvelError for a VARVEL_HOME that can't be
 */
export function setupPaths(env: NodeJS.ProcessEnv): void {
  const folder = join(openHome({ variables: env }).folder, 'window');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  app.setPath('userData', folder);
}

/** What ships with the program, seen from where its package.json is: in the asar, or the checkout. */
export const shipped = (...names: string[]): string => join(app.getAppPath(), ...names);
