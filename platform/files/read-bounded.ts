import { type FileHandle, open } from 'node:fs/promises';
import { VarvelError } from '../../core/model/error.ts';
import { codeOf } from './error-code.ts';
import { storageError } from './storage-error.ts';

/**
 * Reads a file, a pipe too, of at most `limit` bytes. Null when there is none.
 * @throws VarvelError `invalid` when it is larger or a folder, `storage_*` when it can't be read
 */
export async function readBounded(path: string, limit: number): Promise<Buffer | null> {
  try {
    const file = await open(path, 'r');
    try {
      return await readAll(file, path, limit);
    } finally {
      await file.close();
    }
  } catch (error) {
    switch (codeOf(error)) {
      case 'ENOENT':
        return null;
      case 'EISDIR':
        throw new VarvelError('invalid', `${path} is a folder.`, 'Name a file.');
      case 'EACCES':
        throw unreadable(path, error);
      default:
        throw storageError(error, path);
    }
  }
}

async function readAll(file: FileHandle, path: string, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for (;;) {
    const buffer = Buffer.allocUnsafe(Math.min(65_536, limit + 1 - size));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
    if (bytesRead === 0) return Buffer.concat(parts);
    size += bytesRead;
    if (size > limit) throw tooLarge(path, limit);
    parts.push(buffer.subarray(0, bytesRead));
  }
}

const tooLarge = (path: string, limit: number) =>
  new VarvelError('invalid', `${path} is larger than ${limit} bytes.`, 'Check that it is the right file.');

const unreadable = (path: string, cause: unknown) =>
  new VarvelError('storage_failed', `${path} may not be read by you.`, 'Mend its permissions.', { cause });
