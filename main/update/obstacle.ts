import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { UpdateObstacle } from '../../core/model/machine/updates.ts';
import { hasTeamSignature } from '../../platform/process/code-signature.ts';

export interface Installation {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  isPackaged: boolean;
  /** The folder `resources` of the package. */
  resources: string;
  program: string;
}

/** Why this program doesn't update itself; null when it does. electron-builder writes the two files into a package. */
export async function updateObstacle(
  { platform, env, isPackaged, resources, program }: Installation,
  isSigned = hasTeamSignature,
): Promise<UpdateObstacle | null> {
  if (!isPackaged) return 'checkout';
  if (existsSync(join(resources, 'package-type'))) return 'package_manager';
  if (!existsSync(join(resources, 'app-update.yml'))) return 'no_source';
  if (platform === 'linux' && !env.APPIMAGE) return 'unpacked';
  if (platform === 'darwin' && !(await isSigned(program))) return 'unsigned';
  return null;
}
