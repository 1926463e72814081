import { VarvelError } from '../error.ts';

/** Where secrets are stored: the system's keychain, or files encrypted with a passphrase. */
export const vaultKinds = ['keychain', 'file'] as const;
export type VaultKind = (typeof vaultKinds)[number];

const names: Record<VaultKind, string> = { keychain: 'keychain', file: 'passphrase vault' };

/** A secret is in the other vault than the one in use. */
export const inOtherVault = (has: VaultKind, inUse: VaultKind): VarvelError =>
  new VarvelError(
    'vault_other',
    `Varvel stored this secret in the ${names[has]}, and is using the ${names[inUse]} now.`,
    `Set VARVEL_VAULT to \`${has}\` to use it. Or sign in or add the key again, to have it here.`,
  );

export const strengthLevels = ['weak', 'fair', 'strong'] as const;

/** How hard a passphrase is to guess. A weak one is refused where it is chosen by a person. */
export interface PassphraseStrength {
  level: (typeof strengthLevels)[number];
  /** One or two sentences, beginning with the level. */
  message: string;
}
