import { lstat, readdir, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isRunning } from '../process/process-alive.ts';
import { hasErrorCode } from './error-code.ts';

/** A new file name beside a file, with this process's id. */
export function temporaryBeside(path: string): string {
  // not node:crypto: loading it would take `varvel switch` as long as reading the profile
  const random = Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString('hex');
  return join(dirname(path), `.varvel-${process.pid}-${random}.tmp`);
}

const ownName = /^\.varvel-(\d+)-[0-9a-f]{16}\.tmp$/;

/** In our own folders, an older file was left by a killed process. In milliseconds. */
const staleMs = 10 * 60_000;

/**
 * Removes the temporary files of killed processes from a folder.
 * @param isOurs also removes every hidden `.tmp` file older than ten minutes
 */
export async function sweep(folder: string, isOurs = false): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (!/^\..+\.tmp$/.test(name)) continue;
    const [, pid] = name.match(ownName) ?? [];
    // another machine's process on a shared disk looks dead: its write then starts again
    const isLeft = pid !== undefined && !isRunning(Number(pid));
    if (!isLeft && !isOurs) continue;
    const path = join(folder, name);
    const there = await lstat(path).catch(() => null);
    if (there?.isFile() && (isLeft || Date.now() - there.mtimeMs > staleMs)) await discard(path);
  }
}

/** Deletes a temporary file. @returns whether it is gone */
export const discard = (temporary: string): Promise<boolean> =>
  unlink(temporary).then(
    () => true,
    (error: unknown) => hasErrorCode(error, 'ENOENT'),
  );

/**
 * Deletes a file that a killed process noted. The note is data from a database, so only a temporary file's name counts.
 * @returns whether it is gone; not while its folder is missing, since a disk may come back
 */
export async function discardNoted(path: string): Promise<boolean> {
  if (!ownName.test(basename(path))) return true;
  if (!(await discard(path))) return false;
  const folder = await lstat(dirname(path)).catch(() => null);
  return folder !== null;
}
