import { lstat, readdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isRunning } from '../process/process-alive.ts';

/** A new file name beside a file, with this process's id. */
export function temporaryBeside(path: string): string {
  // not node:crypto: loading it would take `varvel switch` as long as reading the profile
  const random = Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString('hex');
  return join(dirname(path), `.varvel-${process.pid}-${random}.tmp`);
}

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
    const [, pid] = name.match(/^\.varvel-(\d+)-[0-9a-f]{16}\.tmp$/) ?? [];
    // another machine's process on a shared disk looks dead: its write then starts again
    const isLeft = pid !== undefined && !isRunning(Number(pid));
    if (!isLeft && !isOurs) continue;
    const path = join(folder, name);
    const there = await lstat(path).catch(() => null);
    if (there?.isFile() && (isLeft || Date.now() - there.mtimeMs > staleMs)) await discard(path);
  }
}

export const discard = (temporary: string): Promise<void> => unlink(temporary).catch(() => {});
