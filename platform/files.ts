import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readlink, realpath, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { VarvelError } from '../core/model/error.ts';
import { codeOf, readOnly, storageError } from './storage-error.ts';

/**
 * Writes a file so that after a crash there is the old content or the new, never a mixture: a temporary file beside
 * it, flushed, renamed over it, and the folder flushed. A symbolic link is followed and stays.
 * @param mode permissions; where the old file's were stricter, those
 * @throws VarvelError `storage_*`; `not_found` when the folder isn't there. Nothing is left behind
 */
export async function writeAtomically(
  path: string,
  bytes: string | Uint8Array,
  { mode = 0o600 }: { mode?: number } = {},
): Promise<void> {
  try {
    const target = await followLinks(path);
    const old = await stat(target).catch(nullIfMissing);
    if (old && (old.mode & 0o200) === 0) throw readOnly(target);
    const temporary = join(dirname(target), `.${basename(target)}.${randomName()}`);
    const file = await open(temporary, 'wx', 0o600);
    try {
      try {
        await file.writeFile(bytes);
        if (old) await keepOwner(file, old);
        await file.chmod(old ? mode & old.mode : mode);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, target);
    } catch (error) {
      await unlink(temporary).catch(() => {});
      throw error;
    }
    await syncFolder(dirname(target));
  } catch (error) {
    throw codeOf(error) === 'ENOENT' ? noFolder(path) : storageError(error, path);
  }
}

/**
 * Reads a file, a pipe too, of at most `limit` bytes. Null when there is none.
 * @throws VarvelError `invalid` when it is larger or a folder, `storage_*` when it can't be read
 */
export async function readUpTo(path: string, limit: number): Promise<Buffer | null> {
  try {
    const file = await open(path, 'r').catch(nullIfMissing);
    if (!file) return null;
    try {
      return await readAll(file, path, limit);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (codeOf(error) === 'EISDIR') throw new VarvelError('invalid', `${path} is a folder.`, 'Name a file.');
    if (codeOf(error) === 'EACCES') throw unreadable(path, error);
    throw storageError(error, path);
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

/** Where a path leads, also when what it leads to isn't there yet. */
async function followLinks(path: string): Promise<string> {
  let current = resolve(path);
  for (let links = 0; links < 40; links++) {
    const there = await lstat(current).catch(nullIfMissing);
    if (!there?.isSymbolicLink()) return join(await realpath(dirname(current)), basename(current));
    current = resolve(dirname(current), await readlink(current));
  }
  throw new VarvelError('invalid', `${path} is a symbolic link that leads in a circle.`, 'Mend the link.');
}

/** A file that root rewrites stays its owner's. */
async function keepOwner(file: FileHandle, old: { uid: number; gid: number }): Promise<void> {
  const { uid, gid } = await file.stat();
  if (uid === old.uid && gid === old.gid) return;
  await file.chown(old.uid, old.gid).catch((error: unknown) => {
    if (codeOf(error) !== 'EPERM') throw error;
  });
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function nullIfMissing(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}

const randomName = () => `${process.pid}-${Math.random().toString(36).slice(2, 10)}.tmp`;

const tooLarge = (path: string, limit: number) =>
  new VarvelError('invalid', `${path} is larger than ${limit} bytes.`, 'Check that it is the right file.');

const unreadable = (path: string, cause: unknown) =>
  new VarvelError('storage_failed', `${path} may not be read by you.`, 'Mend its permissions.', { cause });

const noFolder = (path: string) =>
  new VarvelError(
    'not_found',
    `There is no folder ${dirname(path)}.`,
    'Make it first, or choose another path.',
  );
