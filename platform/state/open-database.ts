import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { VarvelError } from '../../core/model/error.ts';
import { closeToOthers, createPrivateFile, fileMark } from '../files/private-file.ts';
import { closeLeavingLog } from './close-leaving-log.ts';
import { suggestsDamage } from './confirm-damage.ts';
import { migrate } from './migrate.ts';
import { awaitMove, isMoving, quarantine, quarantineIfDamaged } from './quarantine.ts';
import { isWritable, storageError } from './sqlite-error.ts';

/** An open database with this program's version. */
export interface OpenDatabase {
  database: DatabaseSync;
  /** Identifies the file. */
  mark: string;
  /** Whether the path still leads to the opened file. */
  isInPlace(): boolean;
}

export interface Opening {
  /** The migrations; their count is the version. */
  steps: readonly string[];
  /** How long to wait for another process's write, in milliseconds. */
  patienceMs: number;
}

/**
 * Opens the database; creates or migrates it if needed. Normally that takes an open, one page read and three
 * stats.
 * @throws VarvelError `storage_*`, `state_*`
 */
export function openDatabase(path: string, opening: Opening): OpenDatabase {
  for (;;) {
    const opened = attempt(path, opening);
    if (opened) return opened;
  }
}

/** Null when the file was moved in between. */
function attempt(path: string, opening: Opening): OpenDatabase | null {
  const { steps, patienceMs } = opening;
  const mark = createAndMark(path);
  let database: DatabaseSync | undefined;
  const release = () => {
    if (database?.isOpen) database.close();
  };
  try {
    database = new DatabaseSync(path, { timeout: patienceMs });
    const version = versionOf(database);
    if (isMoving(path) || fileMark(path) !== mark) {
      // In this order: a connection to a moved file doesn't change it when it closes.
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
    if (suggestsDamage(error)) throw quarantineIfDamaged({ path, mark, patienceMs }, error, release);
    release();
    const problem = storageError(error, path);
    if (isReadOnlyProblem(problem)) return openReadOnly(path, opening, problem);
    throw problem;
  }
}

/** The mark of the file; creates the file if needed. */
function createAndMark(path: string): string {
  try {
    for (;;) {
      if (isMoving(path)) awaitMove(path);
      const there = statSync(path, { throwIfNoEntry: false });
      if (there) {
        closeToOthers(path, there.mode);
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
 * SQLite deletes the log of an empty database. If a file system lost the database but kept the log, all data is in
 * the log.
 */
function refuseLoneLog(path: string, mark: string): void {
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  // In this order: a new database has its first page before it has a log.
  if (!log || log.size === 0 || statSync(path, { throwIfNoEntry: false })?.size !== 0) return;
  throw quarantine(path, mark, new Error('The database is empty, but its log is not.'), () => {});
}

export function versionOf(database: DatabaseSync): number {
  const version = database.prepare('PRAGMA user_version').get()?.user_version;
  return typeof version === 'number' ? version : 0;
}

export const newer = (path: string, version: number, ours: number) =>
  new VarvelError(
    'state_newer',
    `The database ${path} was written by a newer version of Varvel (database version ${version}, supported: ${ours}).`,
    'Update Varvel. The database was not changed.',
  );

const isReadOnlyProblem = (problem: unknown) =>
  problem instanceof VarvelError && problem.code === 'storage_read_only';

/**
 * Opens a database in a read-only home. With readable -wal and -shm files, SQLite can do that itself. Without a
 * log, all data is in the database, which is opened as immutable. `isInPlace` then checks that it really doesn't
 * change, since someone with more permissions may still write.
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

/** Identifies the state of a database without a log; null when there is a log. */
function stillMark(path: string): string | null {
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if (log && log.size > 0) return null;
  const there = statSync(path, { throwIfNoEntry: false });
  return there ? `${there.dev}:${there.ino}:${there.size}:${there.mtimeMs}` : null;
}
