import { VarvelError } from '../../core/model/error.ts';
import { describeFileError } from '../files/file-error.ts';

/** A file of the vault exists, but is not usable. @param why a clause: "it is …" */
export const brokenFile = (path: string, why: string, hint: string, cause?: unknown): VarvelError =>
  new VarvelError('vault_unavailable', unusable(path, why), hint, { cause });

/** The file of one secret can't be read as that secret. Others may be well. @param why a clause: "it is …" */
export const damagedItem = (path: string, why: string, hint: string, cause?: unknown): VarvelError =>
  new VarvelError('vault_damaged', unusable(path, why), hint, { cause });

const unusable = (path: string, why: string): string => `The vault’s file ${path} can’t be used: ${why}.`;

export const wrongPassphrase = (path: string): VarvelError =>
  new VarvelError(
    'wrong_passphrase',
    `Wrong passphrase for ${path}.`,
    'Try again. If VARVEL_PASSPHRASE or VARVEL_PASSPHRASE_FILE is set, check it.',
  );

/** Secrets were stored in the vault, but its folder is empty or isn't there. */
export const awayVault = (folder: string): VarvelError =>
  new VarvelError(
    'vault_unavailable',
    `The passphrase vault that has Varvel’s keys is not in ${folder}.`,
    'Connect the disk it is on, or restore the folder. If it is lost, reset the vault and add your keys again.',
  );

/** The vault's folder has none of the secrets that must be in it, but others, or its identity opens none of them. */
export const otherVault = (folder: string): VarvelError =>
  new VarvelError(
    'vault_unavailable',
    `The passphrase vault in ${folder} isn’t the one that has Varvel’s keys: it opens none of them.`,
    'Another computer’s vault, or a file of it, may have been copied there. Restore the right one. If it is lost, reset the vault and add your keys again.',
  );

/** One of the vault's files can't be read. */
export function unreadableVault(path: string, cause: unknown): VarvelError {
  if (cause instanceof VarvelError) return cause;
  return brokenFile(path, describeFileError(cause), 'Make it readable for you.', cause);
}
