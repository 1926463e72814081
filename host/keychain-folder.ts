import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isNotWritable } from '../core/model/error.ts';
import type { State } from '../core/ports/state.ts';
import { keychainRecord } from '../core/settings/keychain-record.ts';

/**
 * The folder that the keychain's items of a data folder are named after: its own, or the one it had before it was moved. One
 * that was copied has none of the original's items, which may go on changing there.
 */
export function keychainFolder(state: Pick<State, 'settings'>, folder: string): string {
  const record = keychainRecord(state);
  const { usedIn, namedAfter } = record.read();
  if (usedIn === folder) return namedAfter;
  if (usedIn !== '' && isAnotherHome(usedIn, folder)) return folder;
  const name = usedIn === '' ? folder : namedAfter;
  try {
    record.write({ usedIn: folder, namedAfter: name });
  } catch (error) {
    // it finds the same again next time
    if (!isNotWritable(error)) throw error;
  }
  return name;
}

/** Whether a folder has data, and isn't the same one by another path. */
function isAnotherHome(path: string, folder: string): boolean {
  const there = statSync(join(path, 'state.db'), { throwIfNoEntry: false });
  return there !== undefined && realpathSync(path) !== folder;
}
