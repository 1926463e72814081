import { unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createPrivateFile } from '../files/private-file.ts';
import { pauseNow, renameNow } from '../files/rename.ts';
import { syncFileNow, syncFolderNow } from '../files/sync.ts';
import { sqlite, sqliteCodeOf } from './sqlite-error.ts';
import { DamagedRow } from './tables/row.ts';

/**
 * Migrates a database to the version of the steps. Each step runs in one write transaction that checks the version again,
 * since several processes may start at once. Before a step that changes existing data, a copy is saved beside it
 * (`state.db.v3.bak`).
 * @throws the error of node:sqlite or node:fs; the database is then as it was before the step
 */
export function migrate(
  database: DatabaseSync,
  path: string,
  { steps, patienceMs }: { steps: readonly string[]; patienceMs: number },
): void {
  turnOnLog(database, patienceMs);
  // A step may rebuild a table, which would trigger foreign keys. They are checked before the commit.
  database.exec('PRAGMA foreign_keys = OFF');
  let changed = false;
  while (oneStep(database, path, steps)) changed = true;
  database.exec('PRAGMA foreign_keys = ON');
  // So that the data is not only in the log.
  if (changed) database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  syncFolderNow(dirname(path));
}

function oneStep(database: DatabaseSync, path: string, steps: readonly string[]): boolean {
  database.exec('BEGIN IMMEDIATE');
  try {
    const version = pragma(database, 'user_version');
    if (typeof version !== 'number' || version >= steps.length) {
      database.exec('ROLLBACK');
      return false;
    }
    // a new database takes all steps at once: there is nothing to back up in between
    const next = version === 0 ? steps.length : version + 1;
    if (version > 0) backUp(path, version);
    else if (database.prepare('SELECT 1 FROM sqlite_schema').get()) {
      throw new DamagedRow('the database belongs to another program');
    }
    for (const step of steps.slice(version, next)) database.exec(step);
    if (database.prepare('PRAGMA foreign_key_check').get()) throw new DamagedRow('a foreign key is broken');
    database.exec(`PRAGMA user_version = ${next}`);
    database.exec('COMMIT');
    return true;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** Turns on write-ahead logging, once per file. SQLite doesn't wait for other processes here, so we do. */
function turnOnLog(database: DatabaseSync, patienceMs: number): void {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      database.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      const code = sqliteCodeOf(error);
      if (code === null || (code & 0xff) !== sqlite.busy || performance.now() > until) throw error;
      pauseNow(5 + Math.random() * 20);
    }
  }
}

/** The caller holds the write lock, so a second connection reads exactly what the step will change. */
function backUp(path: string, version: number): void {
  const part = `${path}.v${version}.bak.part`;
  if (!createPrivateFile(part)) {
    unlinkSync(part);
    createPrivateFile(part);
  }
  const reader = new DatabaseSync(path, { readOnly: true });
  try {
    reader.prepare('VACUUM INTO ?').run(part);
  } finally {
    reader.close();
  }
  syncFileNow(part);
  renameNow(part, freeBackupName(path, version));
}

function freeBackupName(path: string, version: number): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? `${path}.v${version}.bak` : `${path}.v${version}-${n}.bak`;
    if (createPrivateFile(name)) return name;
  }
}

const pragma = (database: DatabaseSync, name: string) => database.prepare(`PRAGMA ${name}`).get()?.[name];
