import type { Hint } from '../core/model/hint.ts';
import type { WindowTopic } from '../core/model/topic.ts';
import type { Varvel } from '../core/varvel.ts';
import type { Face } from './face.ts';

/** The core that a window works with, for as long as its program runs. */
export interface Session {
  /** Varvel's own. */
  version: string;
  /** The system's name, as Node gives it. */
  platform: string;
  /** The user's home folder. */
  home: string;
  /** The core of the environment in use. */
  varvel(): Varvel;
  /** Looks for changes now, so that what this window did shows at once. */
  look(): void;
  /** False for a passphrase vault whose passphrase is still to be chosen. */
  isVaultSetUp(): Promise<boolean>;
  /** @throws VarvelError `vault_*` or `wrong_passphrase` unless secrets can be read and stored without asking more */
  checkVault(): Promise<void>;
  /** Takes the passphrase and tries it; the first one sets the vault up. @throws VarvelError `wrong_passphrase`, `vault_*` */
  unlock(passphrase: string): Promise<void>;
  /** Changes to fal, or to the built-in sandbox. */
  goTo(name: 'fal' | 'sandbox'): Promise<void>;
  /** The key in force for what is started in the home folder with this program's variables. */
  which(): ReturnType<Varvel['which']>;
  /** A path that a person gave in the window. @throws VarvelError `usage` for a relative one */
  userPath(given: string): string;
}

/**
 * Tells a face's windows what a session has to say.
 * @param onNotice told what happened as well, for those that started the program from a terminal
 */
export const sessionEvents = (
  { emit }: Pick<Face, 'emit'>,
  onNotice: (text: string, hint: Hint) => void = () => undefined,
) => ({
  notice(text: string, hint: Hint): void {
    onNotice(text, hint);
    emit('notice', { text, hint });
  },
  changed: (topics: WindowTopic[]): void => emit('changed', { topics }),
  environment: (name: string): void => emit('environment', { name }),
});
