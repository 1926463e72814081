import {
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { hasErrorCode } from './error-code.ts';
import { giveToOwnerOf } from './folder-owner.ts';

/**
 * Creates a folder, and missing parents, that only its owner can open, under any umask. What root creates in another
 * user's folder is that user's.
 * @param closes whether an existing folder that others can open is closed to them; default no
 * @throws what node:fs throws
 */
export function makePrivateFolder(folder: string, closes: () => boolean = () => false): void {
  const there = statSync(folder, { throwIfNoEntry: false });
  if (there?.isDirectory()) {
    if (isOpenToOthers(there.mode) && closes()) closeToOthers(folder);
    return;
  }
  makeMissing(folder);
}

/**
 * Creates a folder and its missing parents, one by one: where a parent refuses with ENOENT, as /proc does, Node's
 * recursive mkdir never ends.
 */
function makeMissing(folder: string): void {
  const parent = dirname(folder);
  if (parent !== folder && !existsSync(parent)) makeMissing(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!hasErrorCode(error, 'EEXIST') || !statSync(folder).isDirectory()) throw error;
    // another process was faster
    return;
  }
  closeToOthers(folder, (handle) => giveToOwnerOf(parent, handle));
}

/**
 * Sets an existing folder to 0700. It is opened first: between a check and a chmod by name, someone could put a link
 * to another folder there. A link, and another user's folder, stay as they are.
 * @param finish called with it afterwards
 */
function closeToOthers(folder: string, finish: (handle: number) => void = () => undefined): void {
  let handle: number;
  try {
    handle = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  } catch (error) {
    if (hasErrorCode(error, 'ELOOP', 'ENOTDIR', 'EACCES')) return;
    throw error;
  }
  try {
    if (fstatSync(handle).uid !== process.getuid?.()) return;
    fchmodSync(handle, 0o700);
    finish(handle);
  } finally {
    closeSync(handle);
  }
}

const isOpenToOthers = (mode: number): boolean => (mode & 0o077) !== 0 && process.platform !== 'win32';

/**
 * Whether a folder, or a link to it, belongs to another user, who could read and change our data. Root is trusted: it
 * can do that anywhere. As root, every folder counts as ours.
 * @param me this process's user
 */
export function isOtherUsers(folder: string, me: number | undefined = process.getuid?.()): boolean {
  if (me === undefined || me === 0) return false;
  const isOther = (owner: number | undefined) => owner !== undefined && owner !== me && owner !== 0;
  const quiet = { throwIfNoEntry: false } as const;
  return isOther(lstatSync(folder, quiet)?.uid) || isOther(statSync(folder, quiet)?.uid);
}
