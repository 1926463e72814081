import { dirname } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import { codeOf } from './error-code.ts';

/** What was being done: reading a file, keeping one of ours, or changing one of somebody else's. */
export type FileTask = 'read' | 'keep' | 'change';

/**
 * An error of the file system in Varvel's words. Anything else, a VarvelError too, comes back as it is.
 * @param path what was being read or written, for the message
 */
export function fileError(error: unknown, path: string, task: FileTask): unknown {
  if (error instanceof VarvelError) return error;
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
      return noPermission[task](path, error);
    case 'EBUSY':
      return task === 'change' ? inUse(path, error) : failed(path, describeFileError(error), error);
    case 'EISDIR':
      return task === 'keep' ? failed(path, describeFileError(error), error) : notAFile(path, 'a folder');
    case 'ELOOP':
      return task === 'keep' ? failed(path, describeFileError(error), error) : circle(path);
    case 'ENOENT':
    case 'ENOTDIR':
      return task === 'change' ? noFolder(path, error) : failed(path, describeFileError(error), error);
    default:
      return code.startsWith('ERR_') ? error : failed(path, describeFileError(error), error);
  }
}

/** What the system said, as a clause. */
export function describeFileError(error: unknown): string {
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'EROFS':
      return 'the disk is read-only';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    case 'EIO':
      return 'the device reports an error';
    default: {
      const text = error instanceof Error && 'errstr' in error ? String(error.errstr) : null;
      return text ?? (error instanceof Error ? error.message : String(error));
    }
  }
}

/** Something that is no file where one was expected. */
export const notAFile = (path: string, what: string): VarvelError =>
  new VarvelError('invalid', `${path} is ${what}, not a file.`, 'Choose a regular file.');

/** @param limit in bytes */
export const tooLarge = (path: string, limit: number): VarvelError =>
  new VarvelError(
    'invalid',
    `${path} is larger than ${limit < 10_240 ? `${limit} bytes` : `${Math.floor(limit / 1024)} KiB`}; it was left as it is.`,
    'Check that it is the right file.',
  );

export const circle = (path: string): VarvelError =>
  new VarvelError('invalid', `${path} is a symbolic link that leads in a circle.`, 'Fix or delete the link.');

export const unreadable = (path: string, cause?: unknown): VarvelError =>
  new VarvelError('storage_failed', `You don't have permission to read ${path}.`, 'Fix its permissions.', {
    cause,
  });

export const full = (path: string, cause?: unknown): VarvelError =>
  new VarvelError(
    'storage_full',
    `The disk is full: ${path} could not be written.`,
    'Free some space and try again; what was saved before is unharmed.',
    { cause },
  );

/** One of ours. */
export const readOnly = (path: string, cause?: unknown): VarvelError =>
  new VarvelError(
    'storage_read_only',
    `${path} can't be written: it is read-only or belongs to another user.`,
    'Fix its permissions, or set VARVEL_HOME to a folder of yours.',
    { cause },
  );

export const readOnlyFile = (path: string, cause?: unknown): VarvelError =>
  new VarvelError(
    'storage_read_only',
    `${path} is read-only; it was left as it is.`,
    process.platform === 'win32'
      ? 'If you may, clear its read-only attribute.'
      : `If you may, make it writable: chmod u+w ${path}`,
    { cause },
  );

const readOnlyFolder = (path: string, cause?: unknown): VarvelError =>
  new VarvelError(
    'storage_read_only',
    `The folder ${dirname(path)} can't be written, so ${path} was left as it is.`,
    'Fix the folder’s permissions, or choose another file.',
    { cause },
  );

const noFolder = (path: string, cause?: unknown): VarvelError =>
  new VarvelError(
    'not_found',
    `There is no folder ${dirname(path)}.`,
    'Create it first, or choose another path.',
    { cause },
  );

/** Windows replaces no file that is open; Linux none that another one is mounted on. */
export const inUse = (path: string, cause?: unknown): VarvelError =>
  new VarvelError(
    'conflict',
    `${path} is in use, so it was left as it is: another program has it open, or it is mounted.`,
    'Close it there, then try again.',
    { cause },
  );

export const keepsChanging = (path: string): VarvelError =>
  new VarvelError(
    'conflict',
    `${path} keeps being changed by another program; it was left to that one.`,
    'Try again when that program is done.',
  );

export const failed = (path: string, why: string, cause: unknown): VarvelError =>
  new VarvelError(
    'storage_failed',
    `${path} could not be read or written: ${why}.`,
    { action: 'check_disk' },
    { cause },
  );

const noPermission: Record<FileTask, (path: string, cause: unknown) => VarvelError> = {
  read: unreadable,
  keep: readOnly,
  change: readOnlyFolder,
};
