import { VarvelError } from '../../../core/model/error.ts';
import { findPlace, judge } from '../../../host/open.ts';
import { reencryptIdentity } from '../../../platform/vault/change-passphrase.ts';
import { vaultFolder } from '../../../platform/vault/open-vault.ts';
import { passphraseSource } from '../../../platform/vault/passphrase.ts';
import { defineCommand } from '../../framework/command.ts';

export const command = defineCommand({
  summary: 'Change the passphrase of the passphrase vault',
  details:
    'Asks for the current passphrase, unless VARVEL_PASSPHRASE or VARVEL_PASSPHRASE_FILE is set, and twice for the new one. Locks the vault: other programs need the new passphrase.',
  examples: ['varvel vault passphrase'],
  options: {},
  positionals: [],
  async run({ output, open, env }) {
    if ((await open()).vault === 'keychain') {
      throw new VarvelError('usage', 'The keychain has no passphrase of Varvel’s.', {
        action: 'none',
      });
    }
    const chosen = passphraseSource({
      env: {},
      judge,
      words: {
        open: '',
        setUp:
          'Choose a new passphrase for the vault. Without it, nobody can open the vault, and it can’t be reset.',
        noTerminal: {
          message: 'There is no terminal to enter the new passphrase.',
          hint: 'Run this in a terminal.',
        },
      },
    });
    await reencryptIdentity(
      vaultFolder(findPlace(env).folder),
      passphraseSource({ env, warn: output.warn }),
      () => chosen('set up'),
    );
    if (output.json) output.document({ vault: 'file', state: 'locked' });
    else output.done('Passphrase changed.');
    const stale = ['VARVEL_PASSPHRASE', 'VARVEL_PASSPHRASE_FILE'].find((name) => env[name]);
    if (stale) output.warn(`${stale} still has the old passphrase. Update it.`);
    return 0;
  },
});
