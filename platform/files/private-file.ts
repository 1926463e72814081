import { chmodSync, closeSync, fchmodSync, lstatSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from './error-code.ts';
import { giveToOwnerOf } from './folder-owner.ts';

/**
 * Creates an empty file, 0600 under any umask; root's in another user's folder is that user's. False when something exists already, which is then neither
 * opened nor changed: closing any descriptor of a file would drop this process's SQLite locks on it.
 * @throws the file system's own error
 */
export function createPrivateFile(path: string): boolean {
  try {
    const file = openSync(path, 'wx', 0o600);
    try {
      fchmodSync(file, 0o600);
      giveToOwnerOf(dirname(path), file);
    } finally {
      closeSync(file);
    }
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Closes our own file to others if they can open it. A link is left alone. The file isn't opened for that, since closing
 * it would drop SQLite's locks, so its folder must be private: nobody else can put a link there in between.
 */
export function closeToOthers(path: string, mode: number): void {
  if ((mode & 0o077) === 0 || process.platform === 'win32') return;
  try {
    const there = lstatSync(path);
    if (there.isFile() && there.uid === process.getuid?.()) chmodSync(path, 0o600);
  } catch {
    // A read-only one: reading it still works.
  }
}

/** Identifies the file that a path leads to, as text to compare; null when there is none. */
export function fileMark(path: string): string | null {
  // Windows' file numbers have 64 bits
  const there = statSync(path, { bigint: true, throwIfNoEntry: false });
  return there ? `${there.dev}:${there.ino}` : null;
}
