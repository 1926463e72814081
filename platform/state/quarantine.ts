import { closeSync, existsSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import { describeFileError, failed } from '../files/file-error.ts';
import { createPrivateFile, fileMark } from '../files/private-file.ts';
import { renameNow } from '../files/rename.ts';
import { syncFolderNow } from '../files/sync.ts';
import { takeLock } from '../process/lock-file.ts';
import { lookAgain } from './confirm-damage.ts';
import { storageError } from './sqlite-error.ts';

/** A database file, and how long to wait for another process's write, in milliseconds. */
export interface Suspect {
  path: string;
  /** From `fileMark`. */
  mark: string;
  patienceMs: number;
}

/**
 * Moves a database that an error calls damaged, if fresh connections find it damaged too, and returns the error that
 * says so.
 * @param release closes the caller's connection
 * @throws VarvelError `storage_*`, `state_busy` when it is intact, couldn't be read, or can't be moved
 */
export function quarantineIfDamaged(
  { path, mark, patienceMs }: Suspect,
  cause: unknown,
  release: () => void,
): VarvelError {
  const read: number[] = [];
  const releaseAll = () => {
    release();
    for (const file of read.splice(0)) closeSync(file);
  };
  return quarantine(path, mark, cause, releaseAll, () => {
    const second = lookAgain(path, cause, patienceMs, (file) => read.push(file));
    if (second.found === 'damage') return;
    if (second.found === 'nothing')
      throw failed(path, 'the device reported an error, but the database is intact', cause);
    const problem = storageError(second.error, path);
    throw problem instanceof VarvelError
      ? problem
      : failed(path, describeFileError(second.error), second.error);
  });
}

/**
 * Moves an unreadable database, with its -wal and -shm, to a new name, and returns the error that says so.
 *
 * With several processes: this happens under a lock, and only to the very file that was found damaged. If
 * two processes notice at once, the second must not move the new database of a third. The three renames
 * can't be one step. While they run, a note is beside the database: a process that opens it checks for the note
 * after opening (see `isMoving`) and waits. If a process is killed, the next one finishes its note.
 * @param mark the damaged file, from `fileMark`
 * @param release closes the caller's connection
 * @param confirm runs under the lock, before the move; throws to leave the file
 * @throws VarvelError `storage_*` when it can't be moved
 */
export function quarantine(
  path: string,
  mark: string,
  cause: unknown,
  release: () => void,
  confirm: () => void = () => undefined,
): VarvelError {
  // A connection that closes after the rename doesn't change the file; before it, it might still write to it.
  // Windows can't rename open files.
  if (process.platform === 'win32') release();
  try {
    const target = underLock(path, () => {
      finishMove(path);
      if (fileMark(path) !== mark) return nameOf(path, mark);
      confirm();
      return move(path, mark);
    });
    return damaged(path, target, cause);
  } catch (error) {
    throw storageError(error, path);
  } finally {
    release();
  }
}

/** True while a process is moving the database. */
export const isMoving = (path: string): boolean => existsSync(notePath(path));

/** Waits for the process that moves the database, or finishes its work when it is dead. */
export function awaitMove(path: string): void {
  underLock(path, () => finishMove(path));
}

const notePath = (path: string) => `${path}.moving`;

function underLock<T>(path: string, work: () => T): T {
  const lock = takeLock(`${path}.lock`, 10_000);
  if (!lock) {
    throw new VarvelError(
      'state_busy',
      `Another process started to quarantine ${path} and didn’t finish.`,
      'End the Varvel process that hangs, then try again.',
    );
  }
  try {
    return work();
  } finally {
    lock.release();
  }
}

function move(path: string, mark: string): string {
  const target = freeName(path);
  // an empty note is an incomplete one
  createPrivateFile(notePath(path));
  writeFileSync(notePath(path), `${basename(target)}\n${mark}\n`, { flush: true });
  finishMove(path);
  return target;
}

/** Does what a note says and removes it. Can be repeated after a crash at any point. */
function finishMove(path: string): void {
  if (!isMoving(path)) return;
  const [name = '', mark] = readFileSync(notePath(path), 'utf8').split('\n');
  // An incomplete note: nothing has moved yet.
  if (mark) {
    const target = join(dirname(path), basename(name));
    if (fileMark(path) === mark) {
      for (const part of ['-shm', '-wal', '']) {
        if (!existsSync(`${target}${part}`)) renameIfThere(`${path}${part}`, `${target}${part}`);
      }
    }
    // Created by a process that opened the old file in between: nothing was written to it yet.
    if (fileMark(path) !== mark) {
      for (const part of ['-shm', '-wal']) renameIfThere(`${path}${part}`, freeName(`${target}${part}`));
    }
    syncFolderNow(dirname(path));
  }
  unlinkSync(notePath(path));
}

function renameIfThere(from: string, to: string): void {
  if (existsSync(from)) renameNow(from, to);
}

/** A free name with the current day. */
function freeName(path: string): string {
  const day = new Date().toISOString().slice(0, 10);
  const name = path.includes('.damaged-') ? path : `${path}.damaged-${day}`;
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name}-${n}`;
    if (!['', '-wal', '-shm'].some((part) => existsSync(`${candidate}${part}`))) return candidate;
  }
}

/** Where another process has moved the file. */
const nameOf = (path: string, mark: string): string | null => {
  const folder = dirname(path);
  const name = readdirSync(folder).find((entry) => fileMark(join(folder, entry)) === mark);
  return name === undefined ? null : join(folder, name);
};

const damaged = (path: string, target: string | null, cause: unknown) =>
  new VarvelError(
    'state_corrupt',
    target
      ? `The database ${path} is damaged. It was moved to ${target}.`
      : `The database ${path} is damaged. Another process has moved it.`,
    { action: 'recover_keys' },
    { cause },
  );
