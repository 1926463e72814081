import { accessSync, constants, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import { describeFileError, failed, fileError, full, readOnly } from '../files/file-error.ts';

/** SQLite's extended result code of an error of node:sqlite, or null. Its low byte is the primary code. */
export const sqliteCodeOf = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : null;

/** The SQLite result codes that are handled: https://www.sqlite.org/rescode.html */
export const sqlite = {
  perm: 3,
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cantOpen: 14,
  notADatabase: 26,
} as const;

/**
 * Turns an error of SQLite, or of the file system, into a VarvelError: `storage_full`, `storage_read_only`,
 * `storage_failed` or `state_busy`. Returns anything else as it is. Damage is handled elsewhere
 * (connection.ts).
 * @param path what was being read or written, for the message
 */
export function storageError(error: unknown, path: string): unknown {
  const code = sqliteCodeOf(error);
  if (error instanceof VarvelError || code === null) return fileError(error, path, 'keep');
  const otherwise = () => failed(path, describeFileError(error), error);
  switch (code & 0xff) {
    case sqlite.busy:
    case sqlite.locked:
      return new VarvelError(
        'state_busy',
        `Another process is using ${path}.`,
        'Try again in a moment. If it stays busy, end the Varvel process that hangs.',
        { cause: error },
      );
    case sqlite.full:
      return full(path, error);
    case sqlite.readOnly:
    case sqlite.perm:
      return readOnly(path, error);
    case sqlite.cantOpen:
      return isWritable(dirname(path)) ? otherwise() : readOnly(path, error);
    case sqlite.ioError:
      // SQLite reports "full" only for ENOSPC from a write. Growing the -shm file and quotas end up here.
      return hasSpace(dirname(path)) ? otherwise() : full(path, error);
    default:
      return otherwise();
  }
}

/** True when this process can create files in a folder. */
export function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function hasSpace(folder: string): boolean {
  try {
    return statfsSync(folder).bavail > 0;
  } catch {
    return true;
  }
}
