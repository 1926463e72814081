import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import { heldFolders } from './held-files.ts';
import { fileMark } from './private-file.ts';

/** Whether a folder is an environment’s of this program, or of another one in the same data folder, or a vault. */
function isEnvironmentFolder(folder: string, own: Set<string>): boolean {
  const mark = fileMark(folder);
  if (mark !== null && own.has(mark)) return true;
  // any passphrase vault: its identity looks like a backup
  if (existsSync(join(folder, 'identity.age')) && existsSync(join(folder, 'items'))) return true;
  if (!existsSync(join(folder, 'state.db'))) return false;
  const home = fileMark(dirname(folder));
  return [...heldFolders(dirname)].some((other) => other === home);
}

/**
 * Refuses a file in Varvel’s own data: what is written over one of its files is the only copy of a secret or of the log.
 * @param path with its links resolved
 * @throws VarvelError `invalid`
 */
export function refuseOwnData(path: string): void {
  const own = heldFolders();
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (isEnvironmentFolder(folder, own))
      throw new VarvelError('invalid', `${path} is in Varvel’s own data folder.`, 'Use another folder.');
    if (dirname(folder) === folder) return;
  }
}
