import { statSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { VarvelError } from '../../core/model/error.ts';
import { readOnly } from '../files/file-error.ts';
import { holdFile } from '../files/held-files.ts';
import { closeLeavingLog } from './close-leaving-log.ts';
import { suggestsDamage } from './confirm-damage.ts';
import { newer, type OpenDatabase, type Opening, openDatabase, versionOf } from './open-database.ts';
import { quarantineIfDamaged } from './quarantine.ts';
import { storageError } from './sqlite-error.ts';
import type { Row } from './tables/row.ts';

type Value = string | number | null;

/**
 * The access to the database: prepares each statement on first use, turns SQLite's errors into
 * VarvelErrors, quarantines a damaged file, and reopens when another process did that.
 */
export class Connection {
  readonly path: string;
  readonly #opening: Opening;
  readonly #statements = new Map<string, StatementSync>();
  /** See holdFile. */
  readonly #letGo: () => void;
  #open: OpenDatabase | null;
  #inTransaction = false;
  #wroteDurably = false;
  #closed = false;

  /** @throws VarvelError `storage_*`, `state_*` */
  constructor(path: string, opening: Opening) {
    this.path = path;
    this.#opening = opening;
    this.#open = openDatabase(path, opening);
    this.#letGo = holdFile(path);
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

  /** Runs a statement that writes. Durable on return; within a transaction, when that commits. */
  run(sql: string, ...values: Value[]): { changes: number; lastId: number } {
    return this.#guarded(true, (database) => {
      if (!this.#inTransaction) this.#wroteDurably = true;
      const { changes, lastInsertRowid } = this.#prepare(database, sql).run(...values);
      return { changes: Number(changes), lastId: Number(lastInsertRowid) };
    });
  }

  /**
   * Runs work in one write transaction. An error rolls everything back and is passed on.
   * @param durable false doesn't wait for the disk: a power loss (not a crash) may lose the write
   */
  transaction<T>(work: () => T, durable = true): T {
    if (this.#inTransaction) throw new Error('Transactions can’t be nested.');
    return this.#guarded(true, (database) => {
      if (durable) this.#wroteDurably = true;
      else database.exec('PRAGMA synchronous = NORMAL');
      try {
        database.exec('BEGIN IMMEDIATE');
        this.#refuseNewer(database);
        this.#inTransaction = true;
        const result = work();
        if (result instanceof Promise) throw new Error('A transaction can’t wait for a promise.');
        database.exec('COMMIT');
        return result;
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      } finally {
        this.#inTransaction = false;
        if (!durable) database.exec('PRAGMA synchronous = FULL');
      }
    });
  }

  get isInTransaction(): boolean {
    return this.#inTransaction;
  }

  /** Runs work in the open transaction, or in a new one. */
  together<T>(work: () => T, durable = true): T {
    return this.#inTransaction ? work() : this.transaction(work, durable);
  }

  /**
   * A command that only read, or only added to the activity log, leaves the checkpoint to a later one: it would
   * take longer than everything else.
   */
  close(): void {
    this.#closed = true;
    const open = this.#open;
    if (open && !this.#wroteDurably && open.isInPlace() && hasSmallLog(this.path)) {
      this.#open = null;
      this.#statements.clear();
      closeLeavingLog(open.database, this.path);
    }
    this.#release();
    this.#letGo();
  }

  #guarded<T>(writes: boolean, work: (database: DatabaseSync) => T): T {
    if (this.#inTransaction && this.#open) return work(this.#open.database);
    if (this.#closed) throw new Error('The database is closed.');
    for (let attempts = 0; ; attempts++) {
      const open = this.#reopened();
      const result = this.#explained(open, (database) => {
        this.#refuseNewer(database);
        return work(database);
      });
      if (open.isInPlace()) return result;
      if (writes) throw quarantinedMeanwhile(this.path);
      // Read again: it was another file, or changed during the read.
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
      if (!suggestsDamage(error)) throw storageError(error, this.path);
      const { mark } = open;
      const { patienceMs } = this.#opening;
      throw quarantineIfDamaged({ path: this.path, mark, patienceMs }, error, () => this.#release());
    }
  }

  /** A newer version may have migrated the database since it was opened. */
  #refuseNewer(database: DatabaseSync): void {
    const version = versionOf(database);
    const ours = this.#opening.steps.length;
    if (version > ours) throw newer(this.path, version, ours);
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

/** Each process that opens a log reads all of it, so it must stay small. */
const largestLog = 512 * 1024;

function hasSmallLog(path: string): boolean {
  const size = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  return size > 0 && size <= largestLog;
}

const quarantinedMeanwhile = (path: string) =>
  new VarvelError(
    'state_corrupt',
    `Nothing was saved: another process found ${path} damaged and quarantined it.`,
    'Run the command again. It will use the new database.',
  );
