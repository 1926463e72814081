import { findPlace } from '../../../host/open.ts';
import { vaultFolder } from '../../../platform/vault/open-vault.ts';
import { lockVault } from '../../../platform/vault/unlock.ts';
import { defineCommand } from '../../framework/command.ts';

export const command = defineCommand({
  summary: 'Close the passphrase vault now',
  options: {},
  positionals: [],
  async run({ output, env }) {
    const { folder } = findPlace(env);
    const was = await lockVault(vaultFolder(folder));
    if (output.json) output.document({ vault: 'file', state: 'locked' });
    else output.note(was ? 'The passphrase vault is locked.' : 'The passphrase vault was locked already.');
    return 0;
  },
});
