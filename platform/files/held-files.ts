import { type BigIntStats, lstatSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import { fileMark } from './private-file.ts';

/**
 * The databases that this process has open, and its locks, by their paths. To open and close one of them in any other way drops all of this
 * process's locks of it: two processes would then write it at once. Source: sqlite.org/howtocorrupt.html, 2.2.
 */
const held = new Set<{ path: string }>();

/** What SQLite keeps beside a database, and locks too. */
const parts = ['', '-wal', '-shm'];

/** Says that SQLite has a file open here. @returns what says that it hasn't any more */
export function holdFile(path: string): () => void {
  const one = { path };
  held.add(one);
  return () => void held.delete(one);
}

const heldPaths = (): string[] => [...new Set([...held].map(({ path }) => path))];

/** Whether a path leads to such a file, by whatever name. */
export function isHeldFile(path: string | Buffer): boolean {
  const there = statOrNull(path);
  if (!there?.isFile()) return false;
  const files = heldPaths().flatMap((database) => parts.map((part) => database + part));
  // most files have one name, and none of these
  const mayBe =
    there.nlink > 1n ||
    lstatSync(path).isSymbolicLink() ||
    files.some((file) => basename(file) === nameOf(path));
  return mayBe && files.some((file) => fileMark(file) === `${there.dev}:${there.ino}`);
}

/** What can't be looked at can't be opened either, and whoever tries tells why. */
function statOrNull(path: string | Buffer): BigIntStats | null {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return null;
  }
}

const nameOf = (path: string | Buffer): string => basename(path.toString());

/** The folders that such files are in, or those above: `dev:ino`. */
export const heldFolders = (of = (folder: string) => folder): Set<string> =>
  new Set(heldPaths().flatMap((path) => fileMark(of(dirname(path))) ?? []));

/** @throws VarvelError `invalid` for such a file */
export function refuseHeldFile(path: string): void {
  if (isHeldFile(path))
    throw new VarvelError('invalid', `${path} is Varvel’s own database.`, 'Use another file.');
}
