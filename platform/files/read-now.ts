import { constants, openSync, readSync } from 'node:fs';

/** Opens a file for reading without waiting for a writer: somebody may have made a FIFO of that name. */
export const openToRead = (path: string): number =>
  // missing on Windows, where there are no FIFOs among the files
  openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));

/** All of an open file, blocking the process. Null when it holds more than `limit` bytes. */
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
