import { VarvelError } from '../../core/model/error.ts';
import { hasErrorCode } from '../files/error-code.ts';

/** A file of the vault is there and can't be made sense of. @param why a clause: "it is …" */
export const brokenFile = (path: string, why: string, hint: string, cause?: unknown): VarvelError =>
  new VarvelError('vault_unavailable', `The vault's file ${path} can't be used: ${why}.`, hint, { cause });

export const wrongPassphrase = (path: string): VarvelError =>
  new VarvelError(
    'wrong_passphrase',
    `The passphrase does not open ${path}.`,
    'Try again; look at VARVEL_PASSPHRASE and VARVEL_PASSPHRASE_FILE if one of them is set.',
  );

/** What stopped the vault from reading one of its files. */
export function unreadable(path: string, cause: unknown): VarvelError {
  if (cause instanceof VarvelError) return cause;
  return brokenFile(path, systemWords(cause), 'Make it readable for you again.', cause);
}

/** What stopped the vault from writing. */
export function unwritable(path: string, cause: unknown): VarvelError {
  if (cause instanceof VarvelError) return cause;
  if (hasErrorCode(cause, 'ENOSPC', 'EDQUOT')) {
    return new VarvelError(
      'storage_full',
      `There is no room to write ${path}.`,
      'Free some space and try again.',
      { cause },
    );
  }
  if (hasErrorCode(cause, 'EROFS', 'EACCES', 'EPERM')) {
    return new VarvelError(
      'storage_read_only',
      `${path} can't be written: ${systemWords(cause)}.`,
      'Make the folder writable for you, or move VARVEL_HOME.',
      { cause },
    );
  }
  return new VarvelError(
    'storage_failed',
    `${path} can't be written: ${systemWords(cause)}.`,
    'Look at the disk, then try again.',
    { cause },
  );
}

const systemWords = (cause: unknown): string =>
  hasErrorCode(cause, 'EACCES', 'EPERM')
    ? 'permission denied'
    : cause instanceof Error && 'code' in cause
      ? String(cause.code)
      : 'the system refused';
