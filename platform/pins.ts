import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { VarvelError } from '../core/model/error.ts';
import { codeOf } from './storage-error.ts';

/** A pin holds one line; what is longer is something else. In bytes. */
const longest = 4096;

/** The file's name in a folder. */
export const pinName = '.varvel';

/**
 * The nearest pin at or above a folder, up to the home folder or a mount.
 * @returns its text and path; null when there is none
 * @throws VarvelError `invalid` for a pin that is too long or can't be read
 */
export function nearestPin(folder: string): { text: string; path: string } | null {
  const home = homedir();
  const device = statSync(folder, { throwIfNoEntry: false })?.dev;
  for (let here = folder; ; here = dirname(here)) {
    const path = join(here, pinName);
    const text = readPin(path);
    if (text !== null) return { text, path };
    const above = dirname(here);
    if (here === home || above === here || statSync(above, { throwIfNoEntry: false })?.dev !== device)
      return null;
  }
}

function readPin(path: string): string | null {
  let file: number;
  try {
    // not blocking: somebody may have made a FIFO of that name
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw unreadable(path, error);
  }
  try {
    const status = fstatSync(file);
    // a folder of that name is not a pin: it may be Varvel’s own data, moved there by VARVEL_HOME
    if (status.isDirectory()) return null;
    if (!status.isFile() || status.size > longest) throw unreadable(path);
    const bytes = Buffer.alloc(longest);
    return bytes.toString('utf8', 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

const unreadable = (path: string, cause?: unknown) =>
  new VarvelError(
    'invalid',
    `The pin ${path} can't be read.`,
    'A pin is a small file with one line, profile = "NAME". Mend or delete it, or choose with --profile.',
    { cause },
  );
