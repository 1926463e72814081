import { VarvelError } from '../../../core/model/error.ts';
import { findPlace } from '../../../host/open.ts';
import { openVault, vaultKind } from '../../../platform/vault/open-vault.ts';
import { confirm } from '../../framework/ask.ts';
import { defineCommand } from '../../framework/command.ts';
import { yesOption } from '../../framework/name-options.ts';

export const command = defineCommand({
  summary: 'Start over with a new keychain when the old one is lost',
  details:
    'Varvel doesn’t take a key for missing because another keychain became the default. This tells it that the old keychain is lost: keys stay listed without their secrets until you add them again, and sessions end. Nothing is deleted at fal.',
  examples: ['varvel vault reset'],
  doesDueWork: false,
  options: { yes: yesOption },
  positionals: [],
  async run(context, { yes }) {
    const { output, env } = context;
    const { folder } = findPlace(env);
    const kind = vaultKind(env);
    if (kind === 'file') {
      throw new VarvelError(
        'usage',
        'Only a keychain can be reset.',
        'The passphrase vault is the folder `vault` in Varvel’s folder. Restore it from a backup.',
      );
    }
    await confirm('Use this keychain from now on, without the secrets in the old one?', yes, context);
    await (await openVault({ kind, folder, env, ask: false })).prepare();
    if (output.json) output.document({ vault: 'keychain', state: 'open' });
    else output.done('This keychain is used from now on. Add your keys again: varvel keys add --stdin');
    return 0;
  },
});
