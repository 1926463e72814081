import { dirname } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import { codeOf } from './error-code.ts';

/** What was being done: reading a file, writing one of Varvel's, or changing another program's. */
export type FileTask = 'read' | 'keep' | 'change';

/**
 * Turns a file system error into a VarvelError. Returns anything else as it is.
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
      return task === 'change' ? mounted(path, error) : failed(path, describeFileError(error), error);
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

/** The system's error, as a clause. */
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
      return 'the device reported an error';
    default: {
      const text = error instanceof Error && 'errstr' in error ? String(error.errstr) : null;
      return text ?? (error instanceof Error ? error.message : String(error));
    }
  }
}

/** Something else where a file was expected. */
export const notAFile = (path: string, what: string): VarvelError =>
  new VarvelError('invalid', `${path} is ${what}, not a file.`, 'Choose a regular file.');

/** @param limit in bytes */
export const tooLarge = (path: string, limit: number): VarvelError =>
  new VarvelError(
    'invalid',
    `${path} is too large (over ${limit < 10_240 ? `${limit} bytes` : `${Math.floor(limit / 1024)} KiB`}).`,
    'Check that it is the right file.',
  );

export const circle = (path: string): VarvelError =>
  new VarvelError('invalid', `${path} is a symbolic link to itself.`, 'Fix or delete the link.');

export const unreadable = (path: string, cause?: unknown): VarvelError =>
  new VarvelError('storage_failed', `You don’t have permission to read ${path}.`, 'Fix its permissions.', {
    cause,
  });

export const full = (path: string, cause?: unknown): VarvelError =>
  new VarvelError(
    'storage_full',
    `The disk is full: ${path} couldn’t be written.`,
    'Free some space, then try again. Earlier data is unchanged.',
    { cause },
  );

/** For Varvel's own files. */
export const readOnly = (path: string, cause?: unknown): VarvelError =>
  new VarvelError(
    'storage_read_only',
    `${path} can’t be written: it is read-only or belongs to another user.`,
    'Fix its permissions, or set VARVEL_HOME to your own folder.',
    { cause },
  );

export const readOnlyFile = (path: string, cause?: unknown): VarvelError =>
  new VarvelError(
    'storage_read_only',
    `${path} is read-only. It was not changed.`,
    process.platform === 'win32'
      ? 'If you are allowed to, clear its read-only attribute.'
      : `If you are allowed to, make it writable: chmod u+w ${path}`,
    { cause },
  );

const readOnlyFolder = (path: string, cause?: unknown): VarvelError =>
  new VarvelError(
    'storage_read_only',
    `The folder ${dirname(path)} can’t be written, so ${path} was not changed.`,
    'Fix the folder’s permissions, or choose another file.',
    { cause },
  );

const noFolder = (path: string, cause?: unknown): VarvelError =>
  new VarvelError(
    'not_found',
    `Folder ${dirname(path)} doesn’t exist.`,
    'Create it first, or choose another path.',
    { cause },
  );

/** Windows can't replace an open file. */
export const inUse = (path: string, cause?: unknown): VarvelError =>
  new VarvelError(
    'conflict',
    `${path} is in use: another program has it open. It was not changed.`,
    'Close it, then try again.',
    { cause },
  );

/** Linux can't replace a mount point. */
const mounted = (path: string, cause?: unknown): VarvelError =>
  new VarvelError(
    'conflict',
    `${path} is mounted by itself, so it can’t be replaced. It was not changed.`,
    'Change it outside the container, or mount its folder instead of the file.',
    { cause },
  );

export const keepsChanging = (path: string): VarvelError =>
  new VarvelError(
    'conflict',
    `Another program keeps changing ${path}. Varvel did not change it.`,
    'Try again when that program is done.',
  );

export const failed = (path: string, why: string, cause: unknown): VarvelError =>
  new VarvelError(
    'storage_failed',
    `${path} couldn’t be read or written: ${why}.`,
    { action: 'check_disk' },
    { cause },
  );

const noPermission: Record<FileTask, (path: string, cause: unknown) => VarvelError> = {
  read: unreadable,
  keep: readOnly,
  change: readOnlyFolder,
};

export const planted = (path: string): VarvelError =>
  new VarvelError(
    'conflict',
    `${path} belongs to another user, in a folder that everybody may write to: they could read what is written there.`,
    'Use a folder of your own.',
  );

export const ownerLost = (path: string): VarvelError =>
  new VarvelError(
    'conflict',
    `${path} belongs to another user or group, and Varvel can’t give them the changed file: they could no longer use it.`,
    'Change it by hand, or ask its owner to.',
  );
