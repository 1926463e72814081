import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { codeOf } from '../files/error-code.ts';

/** The folders of PATH; an empty one means the working folder. Null when there is no PATH. */
export const pathFolders = (env: NodeJS.ProcessEnv): string[] | null =>
  env.PATH?.split(delimiter).map((folder) => folder || '.') ?? null;

/**
 * Searches a program in folders, in order.
 * @returns its path; `forbidden` when only files that can't be run were found, null when there is none
 */
export function findProgram(name: string, folders: readonly string[]): { path: string } | 'forbidden' | null {
  let isForbidden = false;
  for (const folder of folders) {
    const path = resolve(folder, name);
    try {
      accessSync(path, constants.X_OK);
      if (statSync(path).isFile()) return { path };
      isForbidden = true;
    } catch (error) {
      isForbidden ||= codeOf(error) === 'EACCES';
    }
  }
  return isForbidden ? 'forbidden' : null;
}
