import { constants, openSync, readSync } from 'node:fs';

/** Opens a file for reading without waiting for a writer: it may be a FIFO. */
export const openToRead = (path: string): number =>
  // missing on Windows, which has no FIFOs
  openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));

/** Reads a whole open file synchronously. Null when it has more than `limit` bytes. */
export function readNow(file: number, limit: number): Buffer | null {
  const parts: Buffer[] = [];
  for (let size = 0; ; ) {
    const part = Buffer.allocUnsafe(Math.min(65_536, limit + 1 - size));
    const read = readSync(file, part);
    if (read === 0) return Buffer.concat(parts);
    size += read;
    if (size > limit) return null;
    parts.push(part.subarray(0, read));
  }
}
