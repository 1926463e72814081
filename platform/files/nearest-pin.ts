import { closeSync, fstatSync, lstatSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import type { PinFiles } from '../../core/ports.ts';
import { codeOf } from './error-code.ts';
import { openToRead, readNow } from './read-now.ts';

/** A pin holds one line; what is longer is something else. In bytes. */
const longest = 4096;

/** The file's name in a folder. */
const pinName = '.varvel';

/** The port for pins. */
export const createPinFiles = (): PinFiles => ({
  pathIn: (folder) => join(folder, pinName),
  pathInExisting: pinPath,
  nearest: nearestPin,
});

/**
 * Where a folder's pin stands.
 * @throws VarvelError `not_found` for a folder that isn't there
 */
function pinPath(folder: string): string {
  const there = statSync(folder, { throwIfNoEntry: false });
  if (there?.isDirectory()) return join(resolve(folder), pinName);
  throw new VarvelError('not_found', `There is no folder ${folder}.`, 'Name a folder that is there.');
}

/**
 * The nearest pin at or above a folder, up to the home folder or a mount.
 * @returns its text and path; null when there is none
 * @throws VarvelError `invalid` for a pin that is too long or can't be read: what was pinned must not be taken for not
 * pinned, which would be another account's key
 */
export function nearestPin(folder: string): { text: string; path: string } | null {
  const home = homedir();
  const userFolder = statSync(home, { throwIfNoEntry: false });
  let status = statSync(folder, { throwIfNoEntry: false });
  for (let here = folder; ; ) {
    const path = join(here, pinName);
    const text = readPin(path, here);
    if (text !== null) return { text, path };
    const above = dirname(here);
    // by its inode: the home folder may be reached by a link
    const atHome =
      here === home || (status && status.ino === userFolder?.ino && status.dev === userFolder.dev);
    const next = atHome || above === here ? undefined : statSync(above, { throwIfNoEntry: false });
    if (!next || next.dev !== status?.dev) return null;
    here = above;
    status = next;
  }
}

function readPin(path: string, folder: string): string | null {
  let file: number;
  try {
    if (!lstatSync(path, { throwIfNoEntry: false })) return null;
    file = openToRead(path);
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return null;
    throw unreadable(path, error);
  }
  try {
    const status = fstatSync(file);
    // a folder of that name is not a pin: it may be Varvel’s own data, moved there by VARVEL_HOME
    if (status.isDirectory()) return null;
    if (isPlanted(status.uid, folder)) return null;
    const bytes = status.isFile() ? readNow(file, longest) : null;
    if (bytes === null) throw unreadable(path);
    return bytes.toString('utf8');
  } finally {
    closeSync(file);
  }
}

/** In a folder like /tmp, another user could choose with whose account you pay. */
function isPlanted(owner: number, folder: string): boolean {
  const me = process.getuid?.();
  if (me === undefined || owner === me || owner === 0) return false;
  return ((statSync(folder, { throwIfNoEntry: false })?.mode ?? 0) & 0o002) !== 0;
}

const unreadable = (path: string, cause?: unknown) =>
  new VarvelError(
    'invalid',
    codeOf(cause) === 'ENOENT' || codeOf(cause) === 'ELOOP'
      ? `The pin ${path} is a symbolic link that leads nowhere.`
      : `The pin ${path} can't be read.`,
    { action: 'fix_pin' },
    { cause },
  );
