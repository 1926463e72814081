/** Where secrets are stored: the system's keychain, or files encrypted with a passphrase. */
export const vaultKinds = ['keychain', 'file'] as const;
export type VaultKind = (typeof vaultKinds)[number];

export const strengthLevels = ['weak', 'fair', 'strong'] as const;

/** How hard a passphrase is to guess. A weak one is refused where it is chosen by a person. */
export interface PassphraseStrength {
  level: (typeof strengthLevels)[number];
  /** One or two sentences, beginning with the level. */
  message: string;
}
