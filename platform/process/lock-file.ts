import { DatabaseSync } from 'node:sqlite';
import { holdFile } from '../files/held-files.ts';
import { createPrivateFile } from '../files/private-file.ts';
import { sqlite, sqliteCodeOf } from '../state/sqlite-error.ts';

/** A held lock. The system releases it when the process dies, in any way. */
export interface HeldLock {
  release(): void;
}

/**
 * Takes the exclusive lock of a file, or returns null when another process has it. The file is an empty
 * SQLite database, since SQLite can lock on every system. Nothing is ever written to it, and it is
 * never deleted (the next process would lock another file).
 * @param patienceMs how long to wait, blocking the whole process
 * @throws the error of node:fs or node:sqlite when the file can't be created or opened
 */
export function takeLock(path: string, patienceMs: number): HeldLock | null {
  createPrivateFile(path);
  const database = new DatabaseSync(path, { timeout: patienceMs });
  const letGo = holdFile(path);
  const release = () => {
    database.close();
    letGo();
  };
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    release();
    const code = sqliteCodeOf(error);
    if (code !== null && (code & 0xff) === sqlite.busy) return null;
    throw error;
  }
  return { release };
}
