import type { Varvel } from '../core/varvel.ts';
import { refuseToReplace, writeBackup } from '../platform/vault/backup-file.ts';

/** What is in a backup that was made. */
export interface MadeBackup {
  /** Where it stands, were the path given a symbolic link. */
  path: string;
  keys: number;
  profiles: number;
  /** The keys whose secret is not in the vault, by their ids. */
  withoutSecret: string[];
}

/**
 * Writes all keys and profiles into an age file.
 * @param passphrase asked for once it is known that the file may be written and the vault can be read
 * @param replace whether a file that is there may be replaced
 * @throws VarvelError `conflict`, `invalid`, `not_found`, `storage_*`, `vault_*`
 */
export async function makeBackup(
  varvel: Varvel,
  file: string,
  passphrase: () => Promise<string>,
  replace: boolean,
): Promise<MadeBackup> {
  if (!replace) await refuseToReplace(file);
  const backup = await varvel.backup();
  const { text, ...made } = await backup.make();
  const path = await writeBackup(file, text, await passphrase(), replace);
  backup.made(made.keys, made.profiles);
  return { path, ...made };
}
