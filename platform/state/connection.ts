import { statSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { VarvelError } from '../../core/model/error.ts';
import { readOnly } from '../files/file-error.ts';
import { closeLeavingLog } from './close-leaving-log.ts';
import { isDamage, type OpenDatabase, type Opening, openDatabase } from './open-database.ts';
import { quarantine } from './quarantine.ts';
import { storageError } from './sqlite-error.ts';
import type { Row } from './tables/row.ts';

type Value = string | number | null;

/**
 * The one way to the database: prepares each statement when it is first used, turns SQLite's errors into
 * VarvelErrors, sets a damaged file aside, and moves over to the new file when another process did so.
 */
export class Connection {
  readonly path: string;
  readonly #opening: Opening;
  readonly #statements = new Map<string, StatementSync>();
  #open: OpenDatabase | null;
  #inTransaction = false;
  #wroteLasting = false;
  #closed = false;

  /** @throws VarvelError `storage_*`, `state_*` */
  constructor(path: string, opening: Opening) {
    this.path = path;
    this.#opening = opening;
    this.#open = openDatabase(path, opening);
  }

  /** The first row, decoded; null when there is none. */
  one<T>(decode: (row: Row) => T, sql: string, ...values: Value[]): T | null {
    return this.#guarded(false, (database) => {
      const row = this.#prepare(database, sql).get(...values);
      return row === undefined ? null : decode(row);
    });
  }

  all<T>(decode: (row: Row) => T, sql: string, ...values: Value[]): T[] {
    return this.#guarded(false, (database) =>
      this.#prepare(database, sql)
        .all(...values)
        .map(decode),
    );
  }

  /** Runs a statement that writes. Durable on return, unless in a transaction, which then is. */
  run(sql: string, ...values: Value[]): { changes: number; lastId: number } {
    return this.#guarded(true, (database) => {
      if (!this.#inTransaction) this.#wroteLasting = true;
      const { changes, lastInsertRowid } = this.#prepare(database, sql).run(...values);
      return { changes: Number(changes), lastId: Number(lastInsertRowid) };
    });
  }

  /**
   * Runs work in one write transaction; what it throws undoes everything and is thrown on.
   * @param lasting false for what a loss of power (not a crash) may take back, at the gain of not waiting for the disk
   */
  transaction<T>(work: () => T, lasting = true): T {
    if (this.#inTransaction) throw new Error('transactions are not nested');
    return this.#guarded(true, (database) => {
      if (lasting) this.#wroteLasting = true;
      else database.exec('PRAGMA synchronous = NORMAL');
      try {
        database.exec('BEGIN IMMEDIATE');
        this.#inTransaction = true;
        const result = work();
        if (result instanceof Promise) throw new Error('a transaction does not wait for a promise');
        database.exec('COMMIT');
        return result;
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      } finally {
        this.#inTransaction = false;
        if (!lasting) database.exec('PRAGMA synchronous = FULL');
      }
    });
  }

  get isInTransaction(): boolean {
    return this.#inTransaction;
  }

  /** Runs work in the transaction that is open, or in one of its own. */
  together<T>(work: () => T, lasting = true): T {
    return this.#inTransaction ? work() : this.transaction(work, lasting);
  }

  /**
   * A command that only read, or only added to the log of activities, leaves SQLite's log to a later one: it would
   * spend more time on writing it back than on all the rest.
   */
  close(): void {
    this.#closed = true;
    const open = this.#open;
    if (open && !this.#wroteLasting && open.isInPlace() && hasSmallLog(this.path)) {
      this.#open = null;
      this.#statements.clear();
      closeLeavingLog(open.database, this.path);
    }
    this.#release();
  }

  #guarded<T>(writes: boolean, work: (database: DatabaseSync) => T): T {
    if (this.#inTransaction && this.#open) return work(this.#open.database);
    if (this.#closed) throw new Error('the state is closed');
    for (let attempts = 0; ; attempts++) {
      const open = this.#reopened();
      const result = this.#explained(open, work);
      if (open.isInPlace()) return result;
      if (writes) throw movedMeanwhile(this.path);
      // Read again: what was read was another file, or changed while it was read.
      if (attempts === 10) throw readOnly(this.path);
    }
  }

  #reopened(): OpenDatabase {
    if (this.#open && !this.#open.isInPlace()) this.#release();
    this.#open ??= openDatabase(this.path, this.#opening);
    return this.#open;
  }

  #explained<T>(open: OpenDatabase, work: (database: DatabaseSync) => T): T {
    try {
      return work(open.database);
    } catch (error) {
      if (isDamage(error)) throw quarantine(this.path, open.mark, error, () => this.#release());
      throw storageError(error, this.path);
    }
  }

  #prepare(database: DatabaseSync, sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #release(): void {
    this.#statements.clear();
    const database = this.#open?.database;
    this.#open = null;
    if (database?.isOpen) database.close();
  }
}

/** Each process that opens a log reads it whole, so it may not grow large. */
const largestLog = 512 * 1024;

function hasSmallLog(path: string): boolean {
  const size = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  return size > 0 && size <= largestLog;
}

const movedMeanwhile = (path: string) =>
  new VarvelError(
    'state_corrupt',
    `Another process has found ${path} damaged and set it aside while this was being saved.`,
    'Run it again: it will be saved in the new database.',
  );
