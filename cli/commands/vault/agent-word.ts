/** The hidden argument by which this program becomes the passphrase vault's agent. */
export const agentWord = '__vault-agent';
