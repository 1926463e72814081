import { existsSync, openSync, readSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { sqlite, sqliteCodeOf } from './sqlite-error.ts';
import { DamagedRow } from './tables/row.ts';

/** What a second look finds: damage, nothing, or an error that kept it from reading. */
type SecondLook = { found: 'damage' } | { found: 'nothing' } | { found: 'error'; error: unknown };

/** True for errors that suggest a damaged or foreign file. A device that fails once causes them too. */
export function suggestsDamage(error: unknown): boolean {
  return error instanceof DamagedRow || isCorrupt(error) || missingTable(error) !== null;
}

/**
 * Looks at a database again, through fresh connections that read all of it. SQLite calls a file malformed when the
 * device reports EIO for a read (SQLITE_IOERR_CORRUPTFS), so one failed read looks like damage. The files are also
 * read without SQLite, which tells a failing device from damage.
 * @param cause what suggested damage
 * @param keep gets the files that were read. Close them after all connections: closing them earlier would drop
 *   this process's SQLite locks.
 */
export function lookAgain(
  path: string,
  cause: unknown,
  patienceMs: number,
  keep: (file: number) => void,
): SecondLook {
  const first = lookOnce(path, cause, patienceMs);
  if (first.found !== 'damage') return first;
  try {
    for (const part of [path, `${path}-wal`]) if (existsSync(part)) readAll(part, keep);
  } catch (error) {
    return { found: 'error', error };
  }
  return lookOnce(path, cause, patienceMs);
}

function lookOnce(path: string, cause: unknown, patienceMs: number): SecondLook {
  let fresh: DatabaseSync | undefined;
  try {
    // read-only, and closed before the caller's connection: it changes nothing
    fresh = new DatabaseSync(path, { readOnly: true, timeout: patienceMs });
    const problem = check(fresh, 'quick_check') ?? check(fresh, 'integrity_check');
    if (problem !== null) {
      return isUnread(problem) ? { found: 'error', error: new Error(problem) } : { found: 'damage' };
    }
    // sound as a database, but not ours
    if (cause instanceof DamagedRow) return { found: 'damage' };
    const table = missingTable(cause);
    return table !== null && !hasTable(fresh, table) ? { found: 'damage' } : { found: 'nothing' };
  } catch (error) {
    return isCorrupt(error) ? { found: 'damage' } : { found: 'error', error };
  } finally {
    if (fresh?.isOpen) fresh.close();
  }
}

/** @throws the file system's own error */
function readAll(path: string, keep: (file: number) => void): void {
  const file = openSync(path, 'r');
  keep(file);
  const buffer = Buffer.alloc(64 * 1024);
  for (let at = 0, read = 1; read > 0; at += read) read = readSync(file, buffer, 0, buffer.length, at);
}

/** The first problem that SQLite finds, in its words; null when there is none. */
function check(database: DatabaseSync, name: 'quick_check' | 'integrity_check'): string | null {
  const answer = database.prepare(`PRAGMA ${name}(1)`).get()?.[name];
  return answer === 'ok' ? null : String(answer);
}

/** SQLite's checks list a page that can't be read as a problem, with the result code. */
function isUnread(problem: string): boolean {
  const code = /unable to get the page\. error code=(\d+)/.exec(problem)?.[1];
  return code !== undefined && (Number(code) & 0xff) !== sqlite.corrupt;
}

function isCorrupt(error: unknown): boolean {
  const primary = (sqliteCodeOf(error) ?? 0) & 0xff;
  return primary === sqlite.corrupt || primary === sqlite.notADatabase;
}

/** The table that an error says is missing, or null. */
function missingTable(error: unknown): string | null {
  if (sqliteCodeOf(error) !== 1 || !(error instanceof Error)) return null;
  return /^no such table: (?:main\.)?(.+)$/.exec(error.message)?.[1] ?? null;
}

const hasTable = (database: DatabaseSync, name: string): boolean =>
  database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined;
