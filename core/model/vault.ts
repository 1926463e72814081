/** Where secrets are kept: the system's keychain, or files under a passphrase. */
export const vaultKinds = ['keychain', 'file'] as const;
export type VaultKind = (typeof vaultKinds)[number];
