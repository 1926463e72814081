import type { State } from '../ports/state.ts';
import type { Ports } from '../ports.ts';

/** Where the keychain was used from, and by which folder its items are named. Empty: it wasn't, or is given up. */
export interface KeychainRecord {
  usedIn: string;
  namedAfter: string;
}

/** What the state knows of the keychain's items, for a data folder that is moved. */
export const keychainRecord = ({ settings }: Pick<State, 'settings'>) => ({
  read: (): KeychainRecord => ({
    usedIn: settings.get('keychain_used_in') ?? '',
    namedAfter: settings.get('keychain_named_after') ?? '',
  }),
  write({ usedIn, namedAfter }: KeychainRecord): void {
    settings.set('keychain_named_after', namedAfter);
    settings.set('keychain_used_in', usedIn);
  },
});

/** Records that the secrets in the vault are lost. A keychain's new ones are named after the folder that uses it then. */
export function giveUpVault({ state, secrets }: Pick<Ports, 'state' | 'secrets'>): void {
  state.secretVaults.clear(secrets.kind);
  if (secrets.kind === 'keychain') keychainRecord(state).write({ usedIn: '', namedAfter: '' });
}
