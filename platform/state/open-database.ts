import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { VarvelError } from '../../core/model/error.ts';
import { createPrivateFile, fileMark, mendMode } from '../files/private-file.ts';
import { closeLeavingLog } from './close-leaving-log.ts';
import { migrate } from './migrate.ts';
import { awaitMove, isMoving, quarantine } from './quarantine.ts';
import { isWritable, sqlite, sqliteCodeOf, storageError } from './sqlite-error.ts';
import { DamagedRow } from './tables/row.ts';

/** An open database of the version this program writes. */
export interface OpenDatabase {
  database: DatabaseSync;
  /** Which file it is. */
  mark: string;
  /** Tells whether the path still leads to what was opened. */
  isInPlace(): boolean;
}

export interface Opening {
  /** The migrations; their number is the version. */
  steps: readonly string[];
  /** How long to wait for another process's write, in milliseconds. */
  patienceMs: number;
}

/**
 * Opens the database, making it or bringing it to this program's version where needed. On the usual path that is
 * an open, one page read and three stats.
 * @throws VarvelError `storage_*`, `state_*`
 */
export function openDatabase(path: string, opening: Opening): OpenDatabase {
  for (;;) {
    const opened = attempt(path, opening);
    if (opened) return opened;
  }
}

/** Null when the file was moved away in between. */
function attempt(path: string, opening: Opening): OpenDatabase | null {
  const { steps, patienceMs } = opening;
  const mark = makeOrMark(path);
  let database: DatabaseSync | undefined;
  const release = () => {
    if (database?.isOpen) database.close();
  };
  try {
    database = new DatabaseSync(path, { timeout: patienceMs });
    const version = versionOf(database);
    if (isMoving(path) || fileMark(path) !== mark) {
      // In this order: a connection to a file that has moved away leaves it as it is when it closes.
      awaitMove(path);
      release();
      return null;
    }
    if (version > steps.length) {
      closeLeavingLog(database, path);
      throw newer(path, version, steps.length);
    }
    if (version < steps.length) migrate(database, path, opening);
    return { database, mark, isInPlace: () => fileMark(path) === mark };
  } catch (error) {
    if (isDamage(error)) throw quarantine(path, mark, error, release);
    release();
    const problem = storageError(error, path);
    if (isReadOnlyProblem(problem)) return openReadOnly(path, opening, problem);
    throw problem;
  }
}

/** The mark of the file, which is made when it is not there. */
function makeOrMark(path: string): string {
  try {
    for (;;) {
      if (isMoving(path)) awaitMove(path);
      const there = statSync(path, { throwIfNoEntry: false });
      if (there) {
        mendMode(path, there.mode);
        if (there.size === 0) refuseLoneLog(path, `${there.dev}:${there.ino}`);
        return `${there.dev}:${there.ino}`;
      }
      createPrivateFile(path);
    }
  } catch (error) {
    throw storageError(error, path);
  }
}

/**
 * SQLite deletes the log of a database that is empty. Where a file system lost the database but kept the log, the
 * log is all there is.
 */
function refuseLoneLog(path: string, mark: string): void {
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  // In this order: a database that is just being made has its first page before it has a log.
  if (!log || log.size === 0 || statSync(path, { throwIfNoEntry: false })?.size !== 0) return;
  throw quarantine(path, mark, new Error('empty, with a log that is not'), () => {});
}

export function versionOf(database: DatabaseSync): number {
  const version = database.prepare('PRAGMA user_version').get()?.user_version;
  return typeof version === 'number' ? version : 0;
}

/** True for what only a damaged or a foreign file gives. */
export function isDamage(error: unknown): boolean {
  if (error instanceof DamagedRow) return true;
  const code = sqliteCodeOf(error);
  if (code === null) return false;
  const primary = code & 0xff;
  if (primary === sqlite.corrupt || primary === sqlite.notADatabase) return true;
  return primary === 1 && error instanceof Error && error.message.startsWith('no such table');
}

const newer = (path: string, version: number, ours: number) =>
  new VarvelError(
    'state_newer',
    `The database ${path} was written by a newer Varvel (its version is ${version}, this program knows ${ours}).`,
    'Update this Varvel. The database was left as it is.',
  );

const isReadOnlyProblem = (problem: unknown) =>
  problem instanceof VarvelError && problem.code === 'storage_read_only';

/**
 * For reading in a home that can't be written. SQLite manages by itself where a -wal and a -shm can be read. Where
 * there is none, all there is stands in the database, and it may be read as one that doesn't change; `isInPlace`
 * then watches that this stays true, since somebody with more rights may still write.
 */
function openReadOnly(path: string, { steps, patienceMs }: Opening, problem: unknown): OpenDatabase {
  const mark = fileMark(path);
  if (mark === null) throw problem;
  const open = (location: string | URL, isInPlace: () => boolean): OpenDatabase => {
    const database = new DatabaseSync(location, { readOnly: true, timeout: patienceMs });
    try {
      const version = versionOf(database);
      if (version > steps.length) throw newer(path, version, steps.length);
      if (version < steps.length) throw problem;
      return { database, mark, isInPlace };
    } catch (error) {
      database.close();
      throw error;
    }
  };
  try {
    return open(path, () => fileMark(path) === mark);
  } catch (error) {
    if (error instanceof VarvelError) throw error;
    const still = stillMark(path);
    if (still === null || isWritable(dirname(path))) throw problem;
    const url = pathToFileURL(path);
    url.searchParams.set('immutable', '1');
    try {
      return open(url, () => stillMark(path) === still);
    } catch (second) {
      throw storageError(second, path);
    }
  }
}

/** What a database without a log looks like; null when there is a log. */
function stillMark(path: string): string | null {
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if (log && log.size > 0) return null;
  const there = statSync(path, { throwIfNoEntry: false });
  return there ? `${there.dev}:${there.ino}:${there.size}:${there.mtimeMs}` : null;
}
