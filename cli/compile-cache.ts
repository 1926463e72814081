import { lstatSync, mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { dirname } from 'node:path';

/**
 * Lets Node keep compiled code in a folder, and run what it finds there. Only in a folder that is ours and that
 * nobody else can write: whoever can, chooses what runs. Without one, everything works, more slowly.
 */
export function useCompileCache(place: { folder: string; isUsers: boolean } | null): void {
  if (place === null) return;
  const { folder, isUsers } = place;
  try {
    if (isUsers) mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
    if (isOurs(folder)) enableCompileCache(folder);
  } catch {
    // not there, and can't be created
  }
}

/** @throws the file system's own error */
function isOurs(folder: string): boolean {
  const uid = process.getuid?.();
  // Windows: the user's own folder, which only they can write
  if (uid === undefined) return true;
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) {
    // another user's program, as with sudo: a folder of ours would keep them from a cache
    if (lstatSync(dirname(folder)).uid !== uid) return false;
    mkdirSync(folder, { mode: 0o700 });
  }
  const there = lstatSync(folder);
  return there.isDirectory() && there.uid === uid && (there.mode & 0o077) === 0;
}
