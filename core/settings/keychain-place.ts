import { isNotWritable } from '../model/error.ts';
import type { State } from '../ports/state.ts';
import type { Ports } from '../ports.ts';

const name = 'keychain_used_in';

/**
 * Records the data folder by whose path the keychain's items are named, when the keychain is first used.
 * @returns another folder, if the data was moved or copied from there since: its items are named after that one
 */
export function movedFrom({ settings }: Pick<State, 'settings'>, folder: string): string | null {
  const usedIn = settings.get(name) ?? '';
  if (usedIn !== '') return usedIn === folder ? null : usedIn;
  try {
    settings.set(name, folder);
  } catch (error) {
    // it can be recorded another time
    if (!isNotWritable(error)) throw error;
  }
  return null;
}

/** Records that the secrets in the vault are lost. A keychain's new ones are named after the folder that uses it then. */
export function giveUpVault({ state, secrets }: Pick<Ports, 'state' | 'secrets'>): void {
  state.secretVaults.clear(secrets.kind);
  if (secrets.kind === 'keychain') state.settings.set(name, '');
}
