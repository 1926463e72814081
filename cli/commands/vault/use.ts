import { vaultKinds } from '../../../core/model/machine/vault.ts';
import { defineCommand } from '../../framework/command.ts';

export const command = defineCommand({
  summary: 'Choose the vault for new secrets: keychain or file',
  details:
    'VARVEL_VAULT chooses for one command; this chooses for all that don’t have it. Nothing is moved: what the other vault has stays there, and commands that need it say so.',
  examples: ['varvel vault use file', 'varvel vault use keychain'],
  doesDueWork: false,
  options: {},
  positionals: [{ name: 'VAULT', choices: vaultKinds }],
  async run({ output, open, env }, _, [given]) {
    const kind = given === 'file' ? 'file' : 'keychain';
    (await open()).chooseVault(kind);
    if (output.json) output.document({ vault: kind });
    else output.done(`The ${kind === 'file' ? 'passphrase vault' : 'keychain'} is used from now on.`);
    if (!output.json) output.note('An open window uses it after a restart.');
    if (env.VARVEL_VAULT && env.VARVEL_VAULT !== kind)
      output.warn(`VARVEL_VAULT is set to ${env.VARVEL_VAULT} here, and counts first.`);
    return 0;
  },
});
