import { type FileHandle, open } from 'node:fs/promises';
import { hasErrorCode } from './error-code.ts';
import { fileError, tooLarge } from './file-error.ts';
import { refuseHeldFile } from './held-files.ts';

/**
 * Reads a file or a pipe of at most `limit` bytes. Null when there is none.
 * @throws VarvelError `invalid` when it is larger or a folder, `storage_*` when it can't be read
 */
export async function readBounded(path: string, limit: number): Promise<Buffer | null> {
  refuseHeldFile(path);
  try {
    await using file = await open(path, 'r');
    const bytes = await readFrom(file, limit, null);
    if (bytes === null) throw tooLarge(path, limit);
    return bytes;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return null;
    throw fileError(error, path, 'read');
  }
}

/**
 * Reads an open file to its end. Null when it has more than `limit` bytes.
 * @param start where to begin; null for the current position, which a pipe needs
 * @throws what node:fs throws
 */
export async function readFrom(
  file: FileHandle,
  limit: number,
  start: number | null,
): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  for (let size = 0; ; ) {
    const buffer = Buffer.allocUnsafe(Math.min(65_536, limit + 1 - size));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, start === null ? null : start + size);
    if (bytesRead === 0) return Buffer.concat(parts);
    size += bytesRead;
    if (size > limit) return null;
    parts.push(buffer.subarray(0, bytesRead));
  }
}
