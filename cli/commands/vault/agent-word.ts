/** The hidden argument that starts this program as the passphrase vault's agent. */
export const agentWord = '__vault-agent';
