import { accessSync, constants, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import { codeOf } from './error-code.ts';

/** SQLite's extended result code of an error of node:sqlite, or null. Its low byte is the primary code. */
export const sqliteCodeOf = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : null;

/** SQLite's primary result codes that are told apart: https://www.sqlite.org/rescode.html */
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

export const full = (path: string, cause?: unknown): VarvelError =>
  new VarvelError(
    'storage_full',
    `The disk is full: ${path} could not be written.`,
    {
      terminal: 'Free some space and run it again; what was saved before is unharmed.',
      window: 'Free some space and try again; what was saved before is unharmed.',
    },
    { cause },
  );

export const readOnly = (path: string, cause?: unknown): VarvelError =>
  new VarvelError(
    'storage_read_only',
    `${path} can't be written: it is read-only or belongs to another user.`,
    'Mend its permissions, or set VARVEL_HOME to a folder of yours.',
    { cause },
  );

const failed = (path: string, why: string, cause: unknown): VarvelError =>
  new VarvelError(
    'storage_failed',
    `${path} could not be read or written: ${why}.`,
    {
      terminal: 'Check the disk and the folder; `varvel doctor` says more.',
      window: 'Check the disk and the folder.',
    },
    { cause },
  );

/**
 * An error of the file system or of SQLite in Varvel's words: `storage_full`, `storage_read_only`,
 * `storage_failed` or `state_busy`. Anything else, a VarvelError too, comes back as it is. Damage is not
 * told here, it has its own handling (state/connection.ts).
 * @param path what was being read or written, for the message
 */
export function storageError(error: unknown, path: string): unknown {
  if (error instanceof VarvelError) return error;
  const sqliteCode = sqliteCodeOf(error);
  if (sqliteCode !== null) return fromSqlite(error, sqliteCode, path);
  const code = codeOf(error);
  switch (code) {
    case null:
      return error;
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return full(path, error);
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return readOnly(path, error);
    default:
      return code.startsWith('ERR_') ? error : failed(path, describe(error), error);
  }
}

function fromSqlite(error: unknown, code: number, path: string): VarvelError {
  switch (code & 0xff) {
    case sqlite.busy:
    case sqlite.locked:
      return new VarvelError(
        'state_busy',
        `Another process has kept ${path} busy for too long.`,
        'Run it again in a moment; if it stays so, look for a Varvel process that hangs.',
        { cause: error },
      );
    case sqlite.full:
      return full(path, error);
    case sqlite.readOnly:
    case sqlite.perm:
      return readOnly(path, error);
    case sqlite.cantOpen:
      return isWritable(dirname(path)) ? failed(path, describe(error), error) : readOnly(path, error);
    case sqlite.ioError:
      // SQLite says "full" only of ENOSPC from a write; growing the -shm file and quotas end here.
      return hasSpace(dirname(path)) ? failed(path, describe(error), error) : full(path, error);
    default:
      return failed(path, describe(error), error);
  }
}

const describe = (error: unknown): string => {
  const code = codeOf(error);
  if (code === 'EIO') return 'the device reports an error';
  const text = error instanceof Error && 'errstr' in error ? String(error.errstr) : null;
  return text ?? (error instanceof Error ? error.message : String(error));
};

/** True when this process may make files in a folder. */
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
