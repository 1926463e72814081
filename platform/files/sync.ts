import { closeSync, fsyncSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** Makes a rename or removal in a folder durable. Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Like syncFolder, but synchronous. */
export function syncFolderNow(folder: string): void {
  if (process.platform !== 'win32') syncNow(folder, 'r');
}

/** Makes a file's content durable. Opens it for writing: Windows can't flush a file that is open for reading. */
export const syncFileNow = (path: string): void => syncNow(path, 'r+');

function syncNow(path: string, flags: 'r' | 'r+'): void {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
