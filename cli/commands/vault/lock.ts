import { findPlace } from '../../../host/open.ts';
import { vaultFolder } from '../../../platform/vault/open-vault.ts';
import { endUnlock } from '../../../platform/vault/unlock.ts';
import { defineCommand } from '../../framework/command.ts';

export const command = defineCommand({
  summary: 'Lock the passphrase vault now',
  examples: ['varvel vault lock'],
  doesDueWork: false,
  options: {},
  positionals: [],
  async run({ output, env }) {
    const { folder } = findPlace(env);
    const wasUnlocked = await endUnlock(vaultFolder(folder));
    if (output.json) output.document({ vault: 'file', state: 'locked' });
    else if (wasUnlocked) output.done('Passphrase vault locked.');
    else output.note('The passphrase vault was already locked.');
    return 0;
  },
});
