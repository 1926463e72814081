import { resolve } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import type { VaultKind } from '../../core/model/machine/vault.ts';
import type { SecretStore } from '../../core/ports.ts';
import type { Keytar } from './keychain.ts';
import type { PassphraseOptions, PassphraseSource } from './passphrase.ts';

export interface OpenVaultOptions {
  kind: VaultKind;
  /** The environment's data folder in VARVEL_HOME; the passphrase vault is its `vault` folder. */
  folder: string;
  /** See KeychainOptions. */
  movedFrom?: string | null;
  env: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
  /** See KeychainOptions. */
  loadKeytar?: () => Keytar;
  /** The name of a secret that must be in this vault; null when nothing was stored there yet. */
  knownItem?: () => string | null;
  /** The names of all secrets that are known to be in this vault. */
  knownItems?: () => string[];
  /** See KeychainOptions. */
  isKnown?: (name: string) => boolean;
  /** Whether a prompt on the terminal is allowed. */
  ask: boolean;
  /** See PassphraseOptions. */
  beforeAsking?: () => void;
  /** Receives a warning: a sentence about something that works, but is unwise. */
  warn?: (sentence: string) => void;
  /** See PassphraseOptions. */
  judge?: PassphraseOptions['judge'];
  /** Instead of VARVEL_PASSPHRASE, VARVEL_PASSPHRASE_FILE and the terminal. */
  passphrase?: PassphraseSource;
}

/**
 * The vault from VARVEL_VAULT, or else the one that was chosen in the window; the keychain by default.
 * @throws VarvelError `usage`
 */
export function vaultKind(env: NodeJS.ProcessEnv, chosen: VaultKind | null = null): VaultKind {
  const name = env.VARVEL_VAULT ?? '';
  if (name === '') return chosen ?? 'keychain';
  if (name === 'keychain') return 'keychain';
  if (name === 'file') return 'file';
  throw new VarvelError(
    'usage',
    'VARVEL_VAULT is not valid.',
    'Set it to `keychain` or `file`, or unset it to use the keychain.',
  );
}

/** Opens nothing and asks nothing yet; loads only the chosen vault's code. */
export async function openVault(options: OpenVaultOptions): Promise<SecretStore> {
  if (options.kind === 'keychain') {
    const { createKeychain, windowsLimit } = await import('./keychain.ts');
    const keychain = createKeychain({
      service: keychainService(options.folder),
      movedFrom: options.movedFrom ?? null,
      ...(options.knownItem && { knownItem: options.knownItem }),
      ...(options.isKnown && { isKnown: options.isKnown }),
      ...(options.loadKeytar && { load: options.loadKeytar }),
    });
    if ((options.platform ?? process.platform) !== 'win32') return keychain;
    const { withLongSecrets } = await import('./long-secrets.ts');
    return withLongSecrets(keychain, {
      folder: resolve(options.folder, 'long-secrets'),
      limit: windowsLimit,
    });
  }
  const folder = vaultFolder(options.folder);
  const [{ createFileVault }, { passphraseSource }, { askAgent }] = await Promise.all([
    import('./file-vault.ts'),
    import('./passphrase.ts'),
    import('./agent/agent.ts'),
  ]);
  const { env, ask, beforeAsking, warn, judge, passphrase } = options;
  return createFileVault({
    folder,
    ...(options.knownItems && { knownItems: options.knownItems }),
    ...(options.isKnown && { isKnown: options.isKnown }),
    agent: async (fingerprint) => (await askAgent(folder, fingerprint))?.identity ?? null,
    passphrase:
      passphrase ??
      passphraseSource({
        env,
        ...(beforeAsking && { beforeAsking }),
        ...(warn && { warn }),
        ...(judge && { judge }),
        ...(!ask && { terminal: () => null }),
      }),
  });
}

/** The folder of an environment's passphrase vault. */
export const vaultFolder = (folder: string): string => resolve(folder, 'vault');

/**
 * The keychain's service: data folders and environments don't share items. The plain path, since the keychain's own
 * app shows it, and a hash would load node:crypto for every `varvel env`.
 */
export const keychainService = (folder: string): string => `Varvel ${resolve(folder)}`;
