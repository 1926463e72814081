import { VarvelError } from '../../model/error.ts';
import { textOfBytes } from '../../patch/bytes.ts';
import type { Files } from '../../ports.ts';
import { type FileFormat, fileFormats } from '../formats/formats.ts';

/** The largest file to merge into, in bytes. */
export const largestFile = 10 * 1024 * 1024;

/**
 * An exported file: its text, latin1; `gone` when it was deleted; `unseen` when nobody can tell what is in it, and why. The
 * path has symbolic links resolved.
 */
export type Seen =
  | { state: 'there'; path: string; text: string }
  | { state: 'gone'; path: string }
  | { state: 'unseen'; why: VarvelError };

export async function lookAtFile(files: Files, path: string): Promise<Seen> {
  try {
    const { bytes, path: target } = await files.read(path, { limit: largestFile });
    if (bytes !== null) return { state: 'there', path: target, text: textOfBytes(bytes) };
    // the folder of a disk that isn't mounted is there, and empty, or has a note that it isn't mounted
    if (await files.isInEmptyFolder(target))
      return { state: 'unseen', why: maybeElsewhere(path, 'its folder is empty') };
    if (await files.isUnmounted(target))
      return { state: 'unseen', why: maybeElsewhere(path, 'its disk isn’t mounted') };
    return { state: 'gone', path: target };
  } catch (error) {
    if (!(error instanceof VarvelError)) throw error;
    const why = error.code === 'not_found' ? maybeElsewhere(path, 'its folder doesn’t exist') : error;
    return { state: 'unseen', why };
  }
}

const maybeElsewhere = (path: string, why: string) =>
  new VarvelError('not_found', `Couldn’t look at ${path}: ${why}.`, 'If it is on a disk, mount it.');

/** What a file gives a variable: `none` when it doesn't set it, `unknown` when that depends on something else. */
export type Held = { kind: 'value'; value: string } | { kind: 'none' } | { kind: 'unknown' };

/** The variable's value in a file that was looked at; unknown also for one that can't be read, or is malformed. */
export function heldBy(seen: Seen, format: FileFormat | null, variable: string): Held {
  if (seen.state === 'gone') return { kind: 'none' };
  if (seen.state === 'unseen' || !format) return { kind: 'unknown' };
  try {
    return heldIn(format, seen.text, variable);
  } catch (error) {
    if (!(error instanceof VarvelError)) throw error;
    return { kind: 'unknown' };
  }
}

/** @throws VarvelError `invalid` for a malformed file */
export function heldIn(format: FileFormat, text: string, variable: string): Held {
  const last = fileFormats[format].find(text, variable).at(-1);
  if (!last) return { kind: 'none' };
  const { value } = last;
  // no key has a dollar sign: some readers put another variable or a command's output there
  return value === null || /\$[\w({]/.test(value) ? { kind: 'unknown' } : { kind: 'value', value };
}
