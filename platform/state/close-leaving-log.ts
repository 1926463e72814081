import { DatabaseSync } from 'node:sqlite';

/**
 * Closes a connection without its doing what the last one to close does: write the log (-wal) back into the database,
 * which takes three flushes of the disk, and delete it. A second connection, which may only read and so can't do
 * that either, is the last one then. node:sqlite has no setting for it (SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE).
 */
export function closeLeavingLog(database: DatabaseSync, path: string): void {
  try {
    const last = new DatabaseSync(path, { readOnly: true });
    try {
      last.prepare('PRAGMA user_version').get();
      database.close();
    } finally {
      last.close();
    }
  } finally {
    if (database.isOpen) database.close();
  }
}
