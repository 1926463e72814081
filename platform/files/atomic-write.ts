import { closeSync, linkSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasErrorCode } from './error-code.ts';
import { giveToOwnerOf } from './folder-owner.ts';
import { createPatience, isHeldOpen, ownSystem, type RenameSystem, renameNow } from './rename.ts';
import { syncFolder, syncFolderNow } from './sync.ts';
import { discard, temporaryBeside } from './temporary.ts';

export interface AtomicWriteOptions {
  /** The file's permissions, under any umask; default 0600. */
  mode?: number;
  /** Kept if possible. Otherwise only the owner gets permissions: the others were meant for other people. */
  owner?: { uid: number; gid: number };
  /** Called where the owner can't be kept; may throw to cancel the write. */
  ownerLost?: () => void;
  /**
   * The file is Varvel's own data. Written by root in another user's folder, it is that user's. No other file is: whoever
   * has the folder could read what is root's.
   */
  isOwnData?: boolean;
  /** Called with the new file before it is closed, to copy what the old one has beside its content. */
  finish?: (file: FileHandle) => Promise<void>;
  /** False never replaces an existing file. */
  replace?: boolean;
  /** Called right before the file is replaced; false cancels the write. Synchronous, so that nothing comes between. */
  isDue?: () => boolean;
  /** Where the new file is noted while it is there, so that it can be deleted should this process be killed. */
  notes?: TemporaryNotes;
  system?: RenameSystem;
}

/** Notes temporary files by their paths, durably. */
export interface TemporaryNotes {
  begin(temporary: string): void;
  end(temporary: string): void;
}

/**
 * Writes a file completely or not at all: writes a new file beside it, flushes it and renames it. Durable when this
 * returns. On Windows it waits up to two seconds while another program holds the file open.
 * @returns false when nothing was written: a file exists that must not be replaced, or isDue returned false
 * @throws what node:fs throws
 */
export async function atomicWrite(
  path: string,
  content: Uint8Array | string,
  options: AtomicWriteOptions = {},
): Promise<boolean> {
  const { notes } = options;
  for (;;) {
    const temporary = temporaryBeside(path);
    notes?.begin(temporary);
    try {
      await writeNew(temporary, content, options);
      const placed = await place(temporary, path, options);
      if (placed === 'swept') continue;
      if (placed === 'refused') return false;
    } finally {
      if (await discard(temporary)) notes?.end(temporary);
    }
    await syncFolder(dirname(path));
    return true;
  }
}

/**
 * Like atomicWrite, but synchronous, for Varvel's own data, and always replaces.
 * @param flush false doesn't wait for the disk: after a power cut the file may be the old one
 * @throws what node:fs throws
 */
export function atomicWriteNow(
  path: string,
  content: string,
  { flush = true, system = ownSystem }: { flush?: boolean; system?: RenameSystem } = {},
): void {
  const temporary = temporaryBeside(path);
  try {
    const file = openSync(temporary, 'wx', 0o600);
    try {
      writeFileSync(file, content, { flush });
      giveToOwnerOf(dirname(path), file);
    } finally {
      closeSync(file);
    }
    renameNow(temporary, path, system);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  if (flush) syncFolderNow(dirname(path));
}

async function writeNew(
  path: string,
  content: Uint8Array | string,
  { mode = 0o600, owner, isOwnData = false, ownerLost, finish }: AtomicWriteOptions,
): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    const kept = owner === undefined || (await keepOwner(handle, owner));
    if (!kept) ownerLost?.();
    await finish?.(handle);
    await handle.chmod(kept ? mode : mode & 0o700);
    if (isOwnData) giveToOwnerOf(dirname(path), handle.fd);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Keeps the owner of a file that root rewrites. False when it can't. */
async function keepOwner(handle: FileHandle, owner: { uid: number; gid: number }): Promise<boolean> {
  const { uid, gid } = await handle.stat();
  if (uid === owner.uid && gid === owner.gid) return true;
  try {
    await handle.chown(owner.uid, owner.gid);
    return true;
  } catch (error) {
    if (hasErrorCode(error, 'EPERM')) return false;
    throw error;
  }
}

/** `swept`: another process deleted the temporary file as a left-over. */
async function place(
  temporary: string,
  path: string,
  { replace = true, isDue = () => true, system = ownSystem }: AtomicWriteOptions,
): Promise<'placed' | 'refused' | 'swept'> {
  const patience = createPatience();
  for (;;) {
    if (!isDue()) return 'refused';
    try {
      if (replace) system.rename(temporary, path);
      else putNew(temporary, path, system);
      return 'placed';
    } catch (error) {
      if (hasErrorCode(error, 'EEXIST')) return 'refused';
      if (hasErrorCode(error, 'ENOENT')) return 'swept';
      const ms = isHeldOpen(error, system.platform) ? patience() : null;
      if (ms === null) throw error;
      await sleep(ms);
    }
  }
}

/** Errors of file systems without hard links. */
const noLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EACCES', 'EMLINK', 'EXDEV'];

/** Renames a file unless the name is taken, which a plain rename would not notice. */
function putNew(temporary: string, path: string, system: RenameSystem): void {
  try {
    linkSync(temporary, path);
    return;
  } catch (error) {
    if (!hasErrorCode(error, ...noLinks)) throw error;
  }
  closeSync(openSync(path, 'wx', 0o600));
  try {
    system.rename(temporary, path);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}
