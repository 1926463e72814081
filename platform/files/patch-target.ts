import { type BigIntStats, constants, lstatSync, readFileSync, type Stats, statSync } from 'node:fs';
import { access, type FileHandle, lstat, open, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { copyAttributes } from './attributes.ts';
import { codeOf } from './error-code.ts';
import { circle, notAFile, ownerLost, planted, readOnlyFile, tooLarge, unreadable } from './file-error.ts';
import { refuseHeldFile } from './held-files.ts';
import { refuseOwnData } from './own-data.ts';
import { readFrom } from './read-bounded.ts';

/** A file's state at one moment. It stays open, so that it can be checked again after it was replaced. */
export interface PatchTarget extends AsyncDisposable {
  /** The path with symbolic links resolved. */
  path: string;
  /** Null when there was no file. */
  file: { bytes: Buffer; mode: number; names: number; uid: number; gid: number; mark: string } | null;
  /** The content of the replaced file, if someone wrote it since; otherwise null. */
  writtenSince(): Promise<Buffer | null>;
  /** Copies the file's extended attributes to another, where the system can. @param withRights see copyAttributes */
  copyAttributesTo(other: FileHandle, withRights: boolean): Promise<boolean>;
  /** Closes the file early. */
  close(): Promise<void>;
}

/**
 * A file that was written more recently than this may still be being written. An empty one even more: programs truncate
 * first, and may have to wait on a busy machine. In milliseconds.
 */
const quiet = { empty: 1000, other: 15 };
const longestWait = { empty: 1000, other: 60 };

/**
 * Opens a file and reads it. Never waits on a FIFO, never opens a device.
 * @param limit in bytes
 * @param known content that is known to be complete: no need to wait for a program that may be writing it
 * @throws VarvelError `invalid`, `storage_*`; the file system's own errors for its folder
 */
export async function openTarget(path: string, limit: number, known?: Buffer): Promise<PatchTarget> {
  const target = await followLinks(path);
  refuseOwnData(target);
  const there = await lstat(target).catch(nullIfMissing);
  if (!there) return nothing(target);
  refuseOthers(target, there);
  if (there.size > limit) throw tooLarge(target, limit);
  const handle = await openToRead(target);
  if (!handle) return nothing(target);
  try {
    const file = await settled(handle, target, limit, known);
    return {
      path: target,
      file,
      writtenSince: async () => {
        let last = await contentOf(handle, target, limit);
        if (last.equals(file.bytes)) return null;
        for (let waited = 0; waited < longestWait[kindOf(last)]; waited += 2) {
          await sleep(2);
          const now = await contentOf(handle, target, limit);
          if (now.length > 0 && now.equals(last)) break;
          last = now;
        }
        return last;
      },
      copyAttributesTo: (other, withRights) => copyAttributes(handle, other, withRights),
      close: () => handle.close(),
      [Symbol.asyncDispose]: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

const nothing = (path: string): PatchTarget => ({
  path,
  file: null,
  writtenSince: async () => null,
  copyAttributesTo: async () => true,
  close: async () => {},
  [Symbol.asyncDispose]: async () => {},
});

/**
 * Whether a path still leads to the same file with the same content. Synchronous, like the rename that follows: only
 * between the two could another program's write get lost.
 */
export function isUnchanged(path: string, { path: target, file }: PatchTarget): boolean {
  const now = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (!now || !file) return !now && !file;
  if (markOf(now) !== file.mark) return false;
  const there = lstatSync(target, { bigint: true, throwIfNoEntry: false });
  return there !== undefined && markOf(there) === file.mark && readFileSync(target).equals(file.bytes);
}

/** @throws VarvelError `storage_read_only` for a file that this user must not write */
export async function refuseReadOnly({ path, file }: PatchTarget): Promise<void> {
  if (!file) return;
  if ((file.mode & 0o200) === 0) throw readOnlyFile(path);
  await access(path, constants.W_OK).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return;
    throw readOnlyFile(path, error);
  });
}

/**
 * Refuses a change after which somebody else could no longer use the file. A group whose members may do nothing with it loses nothing.
 * @param keepsGroup whether its group may go on using it
 * @throws VarvelError `conflict`
 */
export function refuseOwnerLost({ path, file }: PatchTarget, keepsGroup: boolean): void {
  if (!file) return;
  const losesGroup = keepsGroup && (file.mode & 0o070) !== 0;
  if (losesGroup || file.uid !== process.geteuid?.()) throw ownerLost(path);
}

/**
 * Refuses what another user has put where everybody may: root would write a key into their file. The kernel's own guards
 * (fs.protected_symlinks and fs.protected_regular) don't see a link that is read and a file that is replaced.
 * @throws VarvelError `conflict`
 */
export async function refusePlanted(path: string): Promise<void> {
  if (process.geteuid?.() !== 0) return;
  for (let current = resolve(path), links = 0; links < mostLinks; links += 1) {
    const there = await lstat(current).catch(nullIfMissing);
    if (!there) return;
    const folder = await realpath(dirname(current));
    if (there.uid !== 0 && ((await stat(folder)).mode & 0o002) !== 0) throw planted(current);
    if (!there.isSymbolicLink()) return;
    current = resolve(folder, await readlink(current));
  }
}

const mostLinks = 40;

/** Resolves symbolic links, also when the target doesn't exist yet. */
export async function followLinks(path: string): Promise<string> {
  let current = resolve(path);
  for (let links = 0; links < mostLinks; links += 1) {
    const there = await lstat(current).catch(nullIfMissing);
    if (!there?.isSymbolicLink()) return join(await realpath(dirname(current)), basename(current));
    current = resolve(await realpath(dirname(current)), await readlink(current));
  }
  throw circle(path);
}

async function openToRead(target: string): Promise<FileHandle | null> {
  // a hard link to it may be outside its folder
  refuseHeldFile(target);
  // missing on Windows, which has no FIFOs or device files
  const careful = (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
  return open(target, constants.O_RDONLY | careful).catch((error: unknown) => {
    if (codeOf(error) === 'EACCES') throw unreadable(target, error);
    return nullIfMissing(error);
  });
}

const kindOf = (bytes: Buffer) => (bytes.length === 0 ? 'empty' : 'other');

async function settled(handle: FileHandle, path: string, limit: number, known?: Buffer) {
  for (let waited = 0; ; waited += 5) {
    const file = await snapshot(handle, path, limit);
    const age = Date.now() - file.mtimeMs;
    const kind = kindOf(file.bytes);
    const whole = age >= quiet[kind] || age < -1000 || known?.equals(file.bytes);
    if (whole || waited >= longestWait[kind]) return file;
    await sleep(5);
  }
}

async function snapshot(handle: FileHandle, path: string, limit: number) {
  const status = await handle.stat();
  refuseOthers(path, status);
  const mark = markOf(await handle.stat({ bigint: true }));
  const bytes = await contentOf(handle, path, limit);
  const { mode, nlink, uid, gid, mtimeMs } = status;
  return { bytes, mode: mode & 0o777, names: nlink, uid, gid, mtimeMs, mark };
}

const markOf = ({ dev, ino, size, mtimeNs }: BigIntStats): string => [dev, ino, size, mtimeNs].join(':');

async function contentOf(handle: FileHandle, path: string, limit: number): Promise<Buffer> {
  const bytes = await readFrom(handle, limit, 0);
  if (bytes === null) throw tooLarge(path, limit);
  return bytes;
}

function refuseOthers(path: string, status: Stats): void {
  if (status.isFile()) return;
  throw notAFile(
    path,
    status.isDirectory()
      ? 'a folder'
      : status.isFIFO()
        ? 'a named pipe'
        : status.isSocket()
          ? 'a socket'
          : 'a device',
  );
}

function nullIfMissing(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}
