import { closeSync, fstatSync } from 'node:fs';
import { openToRead, readNow } from './read-now.ts';

/** The largest file to read, in bytes. */
const limit = 1024 * 1024;

/** A small text file's content; null when it is missing, not a file, too large or unreadable. */
export function smallText(path: string): string | null {
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
