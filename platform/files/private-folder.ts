import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  mkdirSync,
  openSync,
  statSync,
} from 'node:fs';
import { hasErrorCode } from './error-code.ts';

/**
 * Makes a folder, and those above it that are missing, that only its owner enters, under any umask.
 * @param closes whether one that is there and open to others is closed again; it is not when not given
 * @throws what node:fs throws
 */
export function makePrivateFolder(folder: string, closes: () => boolean = () => false): void {
  const there = statSync(folder, { throwIfNoEntry: false });
  if (there?.isDirectory()) {
    if (isOpenToOthers(there.mode) && closes()) closeToOthers(folder);
    return;
  }
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) chmodSync(folder, 0o700);
}

/**
 * Gives a folder that is there 0700. It is opened first, since between a look and a chmod by name a link could be put there that
 * leads to another folder. A link, and another user's folder, stay as they are.
 */
function closeToOthers(folder: string): void {
  let handle: number;
  try {
    handle = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  } catch (error) {
    if (hasErrorCode(error, 'ELOOP', 'ENOTDIR', 'EACCES')) return;
    throw error;
  }
  try {
    if (fstatSync(handle).uid === process.getuid?.()) fchmodSync(handle, 0o700);
  } finally {
    closeSync(handle);
  }
}

const isOpenToOthers = (mode: number): boolean => (mode & 0o077) !== 0 && process.platform !== 'win32';

/**
 * Whether a folder is another user's, who could read and change what we put there. Root is trusted: it can do so
 * anywhere; and as root we are at home everywhere.
 * @param me this process's user
 */
export function isAnothers(folder: string, me: number | undefined = process.getuid?.()): boolean {
  const owner = statSync(folder, { throwIfNoEntry: false })?.uid;
  return me !== undefined && me !== 0 && owner !== undefined && owner !== me && owner !== 0;
}
