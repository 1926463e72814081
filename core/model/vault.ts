/** Where secrets are stored: the system's keychain, or files encrypted with a passphrase. */
export const vaultKinds = ['keychain', 'file'] as const;
export type VaultKind = (typeof vaultKinds)[number];
