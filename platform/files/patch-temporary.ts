import { randomBytes } from 'node:crypto';
import { linkSync, renameSync } from 'node:fs';
import { type FileHandle, lstat, open, readdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from './error-code.ts';
import type { Target } from './patch-target.ts';

/**
 * Writes the new content beside the target, flushed, with the target's owner where possible.
 * @param mode of a new file; of one that is there, the most it keeps of its own
 */
export async function writeBeside(
  { path, file }: Target,
  bytes: Uint8Array,
  mode: number | 'keep',
): Promise<string> {
  const temporary = join(dirname(path), `.varvel-${process.pid}-${randomBytes(8).toString('hex')}.tmp`);
  const handle = await open(temporary, 'wx', 0o600);
  try {
    try {
      await handle.writeFile(bytes);
      const kept = file === null || (await keepOwner(handle, file));
      const allowed = mode === 'keep' ? (file?.mode ?? 0o600) : mode & (file?.mode ?? 0o777);
      // rights that were given to another owner or group are not to be given to ours
      await handle.chmod(kept ? allowed : allowed & 0o700);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return temporary;
  } catch (error) {
    await discard(temporary);
    throw error;
  }
}

/** Where the file system knows no links. */
const noLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EACCES', 'EMLINK', 'EXDEV'];

/**
 * Puts the temporary file into the target's place; see isUnchanged for why it isn't asynchronous.
 * @returns false when it was not put: something stands where nothing stood, or a sweep took it
 */
export function putInPlace(temporary: string, { path, file }: Target): boolean {
  try {
    // a link, unlike a rename, doesn't replace what has just been made there
    if (file || !linked(temporary, path)) renameSync(temporary, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

function linked(temporary: string, path: string): boolean {
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if (noLinks.includes(codeOf(error) ?? '')) return false;
    throw error;
  }
}

export const discard = (temporary: string): Promise<void> => unlink(temporary).catch(() => {});

/** Takes away what processes left in a folder that were killed while they wrote there. */
export async function sweep(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, pid] = name.match(/^\.varvel-(\d+)-[0-9a-f]{16}\.tmp$/) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const path = join(folder, name);
    const there = await lstat(path).catch(() => null);
    if (there?.isFile()) await discard(path);
  }
}

/** A process of another machine on a shared disk looks dead: its write then begins again (see putInPlace). */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** A file that root rewrites stays its owner's. False when it can't. */
async function keepOwner(handle: FileHandle, old: { uid: number; gid: number }): Promise<boolean> {
  const { uid, gid } = await handle.stat();
  if (uid === old.uid && gid === old.gid) return true;
  try {
    await handle.chown(old.uid, old.gid);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EPERM') return false;
    throw error;
  }
}
