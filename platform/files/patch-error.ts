import { dirname } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import { codeOf } from './error-code.ts';
import { storageError } from './storage-error.ts';

/** A file that can't be patched because of what it is. */
export const notAFile = (path: string, what: string): VarvelError =>
  new VarvelError('invalid', `${path} is ${what}, not a file.`, 'Name a regular file.');

export const tooLarge = (path: string, limit: number): VarvelError =>
  new VarvelError(
    'invalid',
    `${path} is larger than ${Math.floor(limit / 1024)} KiB; it was left as it is.`,
    'Check that it is the right file.',
  );

export const circle = (path: string): VarvelError =>
  new VarvelError(
    'invalid',
    `${path} is a symbolic link that leads in a circle.`,
    'Mend or delete the link.',
  );

export const unreadable = (path: string, cause?: unknown): VarvelError =>
  new VarvelError('storage_failed', `${path} may not be read by you.`, 'Mend its permissions.', { cause });

export const readOnlyFile = (path: string, cause?: unknown): VarvelError =>
  new VarvelError(
    'storage_read_only',
    `${path} is read-only; it was left as it is.`,
    `If you may, make it writable: chmod u+w ${path}`,
    { cause },
  );

export const readOnlyFolder = (path: string, cause?: unknown): VarvelError =>
  new VarvelError(
    'storage_read_only',
    `The folder ${dirname(path)} can't be written, so ${path} was left as it is.`,
    'Mend the folder’s permissions, or choose another file.',
    { cause },
  );

export const noFolder = (path: string, cause?: unknown): VarvelError =>
  new VarvelError(
    'not_found',
    `There is no folder ${dirname(path)}.`,
    'Make it first, or choose another path.',
    { cause },
  );

export const keepsChanging = (path: string): VarvelError =>
  new VarvelError('conflict', `${path} keeps being changed by another program; it was left to that one.`, {
    terminal: 'Run it again when that program is done.',
    window: 'Try again when that program is done.',
  });

/** The file system's own error in Varvel's words; others come back as they are. */
export function patchError(error: unknown, path: string): unknown {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return noFolder(path, error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return readOnlyFolder(path, error);
    case 'ELOOP':
      return circle(path);
    default:
      return storageError(error, path);
  }
}
