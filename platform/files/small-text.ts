import { closeSync, fstatSync } from 'node:fs';
import { openToRead, readNow } from './read-now.ts';

/**
 * A small text file's content; null when it is missing, not a file, too large or unreadable.
 * @param limit the largest file to read, in bytes
 */
export function smallText(path: string, limit = 1024 * 1024): string | null {
  try {
    const file = openToRead(path);
    try {
      return fstatSync(file).isFile() ? (readNow(file, limit)?.toString('utf8') ?? null) : null;
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}
