import { join } from 'node:path';
import { app } from 'electron';
import { makePrivateFolder } from '../../platform/files/private-folder.ts';
import { openHome } from '../../platform/places/home.ts';

/**
 * Sets Chromium's user data folder to one inside Varvel's home, so that each home has its own window and single
 * instance. Call it before the app is ready.
 * @throws VarvelError for a VARVEL_HOME that can't be used
 */
export function setupPaths(env: NodeJS.ProcessEnv): void {
  const folder = join(openHome({ variables: env }).folder, 'window');
  makePrivateFolder(folder);
  app.setPath('userData', folder);
}

/** The path of a file that ships with the program, in the asar or in the checkout. */
export const appPath = (...names: string[]): string => join(app.getAppPath(), ...names);
