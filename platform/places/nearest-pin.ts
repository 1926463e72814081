import { closeSync, existsSync, fstatSync, lstatSync, type Stats, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import type { PinFiles } from '../../core/ports.ts';
import { codeOf } from '../files/error-code.ts';
import { fileMark } from '../files/private-file.ts';
import { openToRead, readNow } from '../files/read-now.ts';

/** The largest pin, in bytes. */
const longest = 4096;

/** The file's name in a folder. */
const pinName = '.varvel';

/** The port for pins. */
export const createPinFiles = (): PinFiles => ({
  pathIn: (folder) => join(folder, pinName),
  pathInExisting: pinPath,
  isSameFolder,
  mayBeForeign,
  nearest: nearestPin,
});

function isSameFolder(one: string, other: string): boolean {
  if (one === other) return true;
  const mark = fileMark(one);
  return mark !== null && mark === fileMark(other);
}

/** What tells that a folder was cloned or checked out, from git and its kin. */
const repositoryNames = ['.git', '.jj', '.hg', '.svn', '.bzr', '_darcs', '.sl', '.pijul', '.fslckout'];

/** A pin that came with a repository, or that another user made: also a link to a pin made here. */
function mayBeForeign(path: string): boolean {
  const quiet = { throwIfNoEntry: false } as const;
  const isOthers = [lstatSync(path, quiet), statSync(path, quiet)].some(
    (status) => status !== undefined && isOtherPersons(status.uid),
  );
  return isOthers || isInRepository(dirname(path));
}

function isInRepository(folder: string): boolean {
  const above = dirname(folder);
  const isHere = repositoryNames.some((name) => existsSync(join(folder, name)));
  return isHere || (above !== folder && isInRepository(above));
}

/**
 * The path of a folder's pin.
 * @throws VarvelError `not_found` for a folder that doesn't exist
 */
function pinPath(folder: string): string {
  if (isFolder(folder)) return join(resolve(folder), pinName);
  throw new VarvelError('not_found', `Folder ${folder} doesn’t exist.`, 'Use an existing folder.');
}

/** False also for a name that no folder can have. */
function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch (error) {
    if (codeOf(error) === 'ENAMETOOLONG') return false;
    throw unreadable(join(path, pinName), error);
  }
}

/**
 * The nearest pin at or above a folder, up to the home folder or a mount.
 * @returns its text and path; null when there is none
 * @throws VarvelError `invalid` for a pin that is too long or can't be read: ignoring it would use another account's
 * key
 */
export function nearestPin(folder: string): { text: string; path: string } | null {
  const home = homedir();
  const userFolder = statSync(home, { throwIfNoEntry: false });
  const lowest = nameable(folder);
  let status = statFolder(lowest);
  for (let here = lowest; ; ) {
    const path = join(here, pinName);
    const text = readPin(path, here);
    if (text !== null) return { text, path };
    const above = dirname(here);
    // compare inodes: a link may lead to the home folder
    const atHome =
      here === home || (status && status.ino === userFolder?.ino && status.dev === userFolder.dev);
    const next = atHome || above === here ? undefined : statFolder(above);
    if (!next || next.dev !== status?.dev) return null;
    here = above;
    status = next;
  }
}

/** @throws VarvelError `invalid` for a folder that this user may not enter: its pin can’t be known */
function statFolder(folder: string): Stats | undefined {
  try {
    return statSync(folder, { throwIfNoEntry: false });
  } catch (error) {
    throw unreadable(join(folder, pinName), error);
  }
}

/** What Node puts in place of the bytes of a name that aren't UTF-8. */
const replacement = '\uFFFD';

/**
 * The folder itself. Where the names on the way to it aren't UTF-8, the lowest folder that has a path.
 * @throws VarvelError `invalid` when there is a pin below that one, in the working folder or on the way to it
 */
function nameable(folder: string): string {
  if (!folder.includes(replacement) || existsSync(folder)) return folder;
  const highest = folder.slice(0, folder.indexOf(replacement));
  const above = dirname(`${highest}x`);
  const levels = folder.slice(highest.length).split(sep).length;
  // from the working folder, a relative path leads where no absolute one does
  const ups =
    folder === process.cwd() ? Array.from({ length: levels }, (_, level) => '../'.repeat(level)) : [];
  const pinned = ups.find((up) => existsSync(join(up, pinName)));
  if (pinned !== undefined) throw unnameable(join(folder, pinned, pinName));
  return above;
}

function readPin(path: string, folder: string): string | null {
  let file: number;
  try {
    const entry = lstatSync(path, { throwIfNoEntry: false });
    // before it is opened: what can't be opened would stop everybody below, and a link may lead to a pin of this user's
    if (!entry || isPlanted(entry.uid, folder)) return null;
    file = openToRead(path);
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return null;
    throw unreadable(path, error);
  }
  try {
    const status = fstatSync(file);
    // a folder of that name is not a pin: it may be Varvel’s own data, by VARVEL_HOME
    if (status.isDirectory()) return null;
    if (isPlanted(status.uid, folder)) return null;
    const bytes = status.isFile() ? readNow(file, longest) : null;
    if (bytes === null) throw unreadable(path);
    return bytes.toString('utf8');
  } finally {
    closeSync(file);
  }
}

/** In a folder like /tmp, another user could choose which account you pay with. */
function isPlanted(owner: number, folder: string): boolean {
  return isOtherPersons(owner) && ((statSync(folder, { throwIfNoEntry: false })?.mode ?? 0) & 0o002) !== 0;
}

/** Neither this user's nor root's. */
function isOtherPersons(owner: number): boolean {
  const me = process.getuid?.();
  return me !== undefined && owner !== me && owner !== 0;
}

const unnameable = (path: string) =>
  new VarvelError('invalid', `The pin ${path} can’t be read: its folder’s name isn’t UTF-8.`, {
    action: 'fix_pin',
  });

const unreadable = (path: string, cause?: unknown) =>
  new VarvelError(
    'invalid',
    codeOf(cause) === 'ENOENT' || codeOf(cause) === 'ELOOP'
      ? `The pin ${path} is a broken symbolic link.`
      : `The pin ${path} can’t be read.`,
    { action: 'fix_pin' },
    { cause },
  );
