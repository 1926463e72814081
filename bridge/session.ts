import type { LockWatches } from '../core/lock-doctor/watches.ts';
import type { BuiltInEnvironment } from '../core/model/fal/fal-environment.ts';
import type { Hint } from '../core/model/hint.ts';
import type { Check } from '../core/model/machine/doctor.ts';
import type { WindowTopic } from '../core/model/topic.ts';
import type { Varvel } from '../core/varvel.ts';
import type { Face } from './face.ts';

/** The core that a window works with while its program runs. */
export interface Session {
  /** Varvel's version. */
  version: string;
  /** Node's name for the system. */
  platform: string;
  /** The user's home folder. */
  home: string;
  /** The core of the environment in use. */
  varvel(): Varvel;
  /** The keys that are watched until they work again. */
  lockWatches(): LockWatches;
  /** Checks for changes now, so that the window's own changes show right away. */
  look(): void;
  /** False for a passphrase vault without a passphrase yet. */
  isVaultSetUp(): Promise<boolean>;
  /** @throws VarvelError `vault_*` or `wrong_passphrase` unless secrets can be read and stored without a prompt */
  checkVault(): Promise<void>;
  /**
   * Unlocks the vault; the first passphrase sets it up.
   * @throws VarvelError `wrong_passphrase`, `vault_*`, `invalid` for a first one that is easy to guess
   */
  unlock(passphrase: string): Promise<void>;
  /** Locks the passphrase vault. @throws VarvelError `conflict` when a variable unlocks it */
  lock(): Promise<void>;
  /** @throws VarvelError `wrong_passphrase`, `vault_*`, `invalid` for a new one that is easy to guess */
  changePassphrase(from: string, to: string): Promise<void>;
  /** Uses a passphrase vault from now on. @throws VarvelError as `unlock`, `conflict` when VARVEL_VAULT chooses */
  choosePassphraseVault(passphrase: string): Promise<void>;
  /** Changes to fal, or to the built-in sandbox. */
  setEnvironment(name: BuiltInEnvironment): Promise<void>;
  /** The active key of programs started in a folder with this program's variables. @throws VarvelError `not_found` */
  which(folder: string): ReturnType<Varvel['which']>;
  /** Checks what `varvel doctor` checks. */
  examine(): Promise<Check[]>;
  /** Resolves a path from the window. @throws VarvelError `usage` for a relative one */
  userPath(given: string): string;
}

/**
 * Sends a session's events to a face's windows.
 * @param onNotice also receives notices, for programs started from a terminal
 */
export const sessionEvents = (
  { emit }: Pick<Face, 'emit'>,
  onNotice: (text: string, hint: Hint) => void = () => undefined,
) => ({
  notice(text: string, hint: Hint): void {
    onNotice(text, hint);
    emit('notice', { text, hint });
  },
  alert: (title: string, text: string): void => emit('alert', { title, text }),
  changed: (topics: WindowTopic[]): void => emit('changed', { topics }),
  environment: (name: string): void => emit('environment', { name }),
});
