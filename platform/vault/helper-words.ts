// Hidden arguments that start the command line as another program's helper.

/** The passphrase vault's agent. */
export const agentWord = '__vault-agent';
/** The keychain, for the window. */
export const keychainWord = '__keychain';
