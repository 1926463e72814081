import { VarvelError } from '../../core/model/error.ts';
import { describeFileError } from '../files/file-error.ts';

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
export function unreadableVault(path: string, cause: unknown): VarvelError {
  if (cause instanceof VarvelError) return cause;
  return brokenFile(path, describeFileError(cause), 'Make it readable for you again.', cause);
}
