import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  statfsSync,
} from 'node:fs';
import { sep } from 'node:path';
import type { NotSearched } from '../../core/model/machine/key-copy.ts';
import { describeFileError } from '../files/file-error.ts';
import { heldFolders, isHeldFile } from '../files/held-files.ts';

/** A path as the system has it: bytes when its name isn't UTF-8. */
export type RawPath = string | Buffer;

/** What a walk comes across. */
export type Step =
  | { kind: 'folder'; path: string; names: string[] }
  | { kind: 'file'; path: string; raw: RawPath }
  /** A symbolic link or something special: only its name counts. */
  | { kind: 'other'; path: string }
  | { kind: 'not_searched'; what: NotSearched };

/** For what is no file of this machine: reading it may wait forever, or change something. Magic numbers of statfs(2). */
const pseudoFileSystems = new Set([
  ...[0x9fa0, 0x62656572, 0x64626720, 0x74726163, 0x63677270, 0x27e0eb, 0x1cd1],
  ...[0x73636673, 0xcafe4a11, 0x19800202, 0x6165676c, 0xde5e81e4, 0x42494e4d, 0x62656570],
]);

/**
 * Everything at and below a path, in a stable order. Follows no symbolic links.
 * @param leavesOut whether not to go into the folder of a name in a folder
 */
export function* walk(
  root: string,
  {
    otherFileSystems,
    leavesOut,
  }: { otherFileSystems: boolean; leavesOut(folder: string, name: string): boolean },
): Generator<Step> {
  const start = lstatSync(root);
  if (!start.isDirectory()) {
    yield start.isFile() ? { kind: 'file', path: root, raw: root } : { kind: 'other', path: root };
    return;
  }
  const own = heldFolders();
  const stack: RawPath[] = [root];
  for (let raw = stack.pop(); raw !== undefined; raw = stack.pop()) {
    const path = raw.toString();
    let entries: Dirent<RawPath>[];
    try {
      const stats = lstatSync(raw);
      // replaced by a link since it was listed
      if (!stats.isDirectory()) continue;
      if (own.has(`${stats.dev}:${stats.ino}`)) {
        yield leftOut(path, 'it has Varvel’s own data, which holds no key in plain text');
        continue;
      }
      if (stats.dev !== start.dev && !otherFileSystems) {
        yield leftOut(path, 'it is on another file system');
        continue;
      }
      if ((raw === root || stats.dev !== start.dev) && isPseudo(raw)) {
        yield leftOut(path, 'it holds no files, but what the system shows as files');
        continue;
      }
      entries = entriesOf(raw);
    } catch (error) {
      yield { kind: 'not_searched', what: { path, kind: 'unreadable', reason: describeFileError(error) } };
      continue;
    }
    yield { kind: 'folder', path, names: entries.map(({ name }) => name.toString()) };
    const folders: RawPath[] = [];
    for (const entry of entries) {
      const below = join(raw, entry.name);
      const name = entry.name.toString();
      if (entry.isDirectory()) {
        if (!leavesOut(path, name)) folders.push(below);
      } else if (entry.isFile()) yield { kind: 'file', path: below.toString(), raw: below };
      else yield { kind: 'other', path: below.toString() };
    }
    stack.push(...folders.reverse());
  }
}

const leftOut = (path: string, reason: string): Step => ({
  kind: 'not_searched',
  what: { path, kind: 'left_out', reason },
});

/** What a folder holds, by name. Names that aren't UTF-8 are read as bytes. */
function entriesOf(folder: RawPath): Dirent<RawPath>[] {
  const entries: Dirent<RawPath>[] = readdirSync(folder, { withFileTypes: true });
  const known = entries.some(({ name }) => name.includes('\ufffd'))
    ? readdirSync(folder, { withFileTypes: true, encoding: 'buffer' })
    : entries;
  return known.sort((one, other) => (one.name.toString() < other.name.toString() ? -1 : 1));
}

function join(folder: RawPath, name: RawPath): RawPath {
  const start = folder.toString().endsWith(sep) ? '' : sep;
  return typeof folder === 'string' && typeof name === 'string'
    ? folder + start + name
    : Buffer.concat([Buffer.from(folder), Buffer.from(start), Buffer.from(name)]);
}

function isPseudo(path: RawPath): boolean {
  if (process.platform !== 'linux') return false;
  try {
    return pseudoFileSystems.has(statfsSync(path).type);
  } catch {
    return false;
  }
}

/** What a reading came to: its size in bytes; `gone` when it is no file to read, `too_large` when it was not read. */
export type ReadOutcome = number | 'gone' | 'too_large';

/**
 * Reads a file once, from its beginning to the size that it has now. Never waits on a FIFO, never opens a link, or a database
 * of this process.
 * @param into where the bytes go
 * @returns null after each part but the last
 */
export function* readOnce(
  path: RawPath,
  largest: number,
  into: { room(): Buffer; wrote(count: number): void },
): Generator<ReadOutcome | null> {
  if (isHeldFile(path)) return yield 'gone';
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const descriptor = openSync(path, flags);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return yield 'gone';
    if (stats.size > largest) return yield 'too_large';
    let left = stats.size;
    while (left > 0) {
      const space = into.room();
      const count = readSync(descriptor, space, 0, Math.min(space.length, left), null);
      if (count === 0) break;
      into.wrote(count);
      left -= count;
      if (left > 0) yield null;
    }
    yield stats.size - left;
  } finally {
    closeSync(descriptor);
  }
}
