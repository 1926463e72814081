import { resolve } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import type { VaultKind } from '../../core/model/vault.ts';
import type { SecretStore } from '../../core/ports.ts';
import type { PassphraseSource } from './passphrase.ts';

export interface OpenVaultOptions {
  kind: VaultKind;
  /** The data folder of this environment, below VARVEL_HOME; the passphrase vault is its `vault` folder. */
  folder: string;
  env: NodeJS.ProcessEnv;
  /** Whether a person may be asked on the terminal. */
  ask: boolean;
  /** See PassphraseOptions. */
  beforeAsking?: () => void;
  /** Told in a sentence what is unwise though it works. */
  warn?: (sentence: string) => void;
  /** Instead of VARVEL_PASSPHRASE, VARVEL_PASSPHRASE_FILE and the terminal. */
  passphrase?: PassphraseSource;
}

/**
 * What VARVEL_VAULT says, the keychain when it says nothing.
 * @throws VarvelError `usage`
 */
export function vaultKind(env: NodeJS.ProcessEnv): VaultKind {
  const said = env.VARVEL_VAULT ?? '';
  if (said === '' || said === 'keychain') return 'keychain';
  if (said === 'file') return 'file';
  throw new VarvelError(
    'usage',
    'VARVEL_VAULT names no vault.',
    'Set it to `keychain` or `file`, or unset it to use the keychain.',
  );
}

/** Opens nothing and asks nothing yet; loads only the code of the vault that was chosen. */
export async function openVault(options: OpenVaultOptions): Promise<SecretStore> {
  if (options.kind === 'keychain') {
    const { createKeychain } = await import('./keychain.ts');
    return createKeychain({ service: keychainService(options.folder) });
  }
  const folder = vaultFolder(options.folder);
  const [{ createFileVault }, { passphraseSource }, { askAgent }] = await Promise.all([
    import('./file-vault.ts'),
    import('./passphrase.ts'),
    import('./agent.ts'),
  ]);
  const { env, ask, beforeAsking, warn, passphrase } = options;
  return createFileVault({
    folder,
    agent: async (fingerprint) => (await askAgent(folder, fingerprint))?.identity ?? null,
    passphrase:
      passphrase ??
      passphraseSource({
        env,
        ...(beforeAsking && { beforeAsking }),
        ...(warn && { warn }),
        ...(!ask && { terminal: () => null }),
      }),
  });
}

/** Where the passphrase vault of an environment stands. */
export const vaultFolder = (folder: string): string => resolve(folder, 'vault');

/**
 * The keychain's service: data folders and environments don't see each other's items. The path as it is, since it is
 * shown in the keychain's own program, and hashing it would load node:crypto for every `varvel env`.
 */
export const keychainService = (folder: string): string => `Varvel ${resolve(folder)}`;
