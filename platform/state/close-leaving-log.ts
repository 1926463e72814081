import { DatabaseSync } from 'node:sqlite';

/**
 * Closes a connection without a checkpoint. Normally the last connection writes the log (-wal) back to the database,
 * which flushes the disk three times, and deletes it. Here a second connection, which is read-only and can't do
 * that, is the last one. node:sqlite has no setting for it (SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE).
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
