import { localTime } from '../../../core/model/local-time.ts';
import { findPlace } from '../../../host/open.ts';
import { vaultFolder } from '../../../platform/vault/open-vault.ts';
import { isPassphraseGiven } from '../../../platform/vault/passphrase.ts';
import { readVaultState } from '../../../platform/vault/unlock.ts';
import { defineCommand } from '../../framework/command.ts';
import { isoTime } from '../../framework/words.ts';

export const command = defineCommand({
  summary: 'Show which vault is used and whether it is unlocked',
  examples: ['varvel vault status'],
  options: {},
  positionals: [],
  async run({ output, open, env }) {
    const varvel = await open();
    if (varvel.vault === 'keychain') {
      await varvel.checkVault();
      if (output.json) output.document({ vault: 'keychain', state: 'open' });
      else output.line('The keychain is unlocked.');
      return 0;
    }
    const { folder } = findPlace(env);
    const state = await readVaultState(vaultFolder(folder));
    const until = typeof state === 'object' ? state.unlockedUntil : null;
    if (output.json) {
      output.document({
        vault: 'file',
        state: until === null ? state : 'unlocked',
        unlocked_until: isoTime(until),
      });
    } else {
      output.line(
        `The passphrase vault is ${until === null ? state : `unlocked until ${localTime(until)}`}.`,
      );
      if (state === 'locked' && isPassphraseGiven(env)) {
        output.note('Each command unlocks it with the passphrase from the environment.');
      }
    }
    return 0;
  },
});
