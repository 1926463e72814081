import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, link, mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { hasErrorCode } from './error-code.ts';
import { syncFolder } from './sync.ts';

/** What a writer that was killed leaves behind is swept after this time. */
const staleMs = 10 * 60_000;
const temporary = /^\..+\.tmp$/;

/** Makes a folder, and those above it, that only its owner enters, under any umask. */
export async function makePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (((await stat(path)).mode & 0o777) !== 0o700) await chmod(path, 0o700);
}

/** Replaces a file at once or not at all, 0600, durable when this returns. @throws what node:fs throws */
export async function replaceFile(path: string, content: Uint8Array | string): Promise<void> {
  await viaTemporary(path, content, (from) => rename(from, path));
}

/**
 * Makes a file unless there is one by now; of several processes one wins. The file appears with its whole content.
 * @returns whether this call made it
 */
export async function createFile(path: string, content: Uint8Array | string): Promise<boolean> {
  try {
    await viaTemporary(path, content, async (from) => {
      await link(from, path).catch((error: unknown) => {
        if (!hasErrorCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) throw error;
        return copyFile(from, path, constants.COPYFILE_EXCL);
      });
      await unlink(from);
    });
    return true;
  } catch (error) {
    if (hasErrorCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Removes what killed writers left in a folder. */
export async function sweepTemporaries(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!temporary.test(name)) continue;
    const path = join(folder, name);
    const age = await stat(path)
      .then((found) => now - found.mtimeMs)
      .catch(() => 0);
    if (age > staleMs) await unlink(path).catch(() => undefined);
  }
}

async function viaTemporary(
  path: string,
  content: Uint8Array | string,
  place: (from: string) => Promise<void>,
): Promise<void> {
  const from = join(dirname(path), `.${basename(path)}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`);
  const file = await open(from, 'wx', 0o600);
  try {
    try {
      await file.chmod(0o600);
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await place(from);
  } catch (error) {
    await unlink(from).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(path));
}
