import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { storageError } from './storage-error.ts';

/**
 * Makes a folder, 0700 under any umask; one that is there stays as it is.
 * @throws VarvelError `storage_*`
 */
export function makePrivateFolder(folder: string): void {
  try {
    if (statSync(folder, { throwIfNoEntry: false })) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  } catch (error) {
    throw storageError(error, folder);
  }
}
