import { hasCode, VarvelError } from '../../../core/model/error.ts';
import type { Varvel } from '../../../core/varvel.ts';
import { findPlace } from '../../../host/open.ts';
import { openVault, vaultFolder } from '../../../platform/vault/open-vault.ts';
import { readVaultState } from '../../../platform/vault/unlock.ts';
import { confirm } from '../../framework/ask.ts';
import { defineCommand } from '../../framework/command.ts';
import { yesOption } from '../../framework/name-options.ts';

export const command = defineCommand({
  summary: 'Start over when a keychain or a passphrase vault is lost',
  details:
    'Varvel doesn’t take a key for missing because another keychain became the default, or because the folder of the passphrase vault isn’t there. This tells it that the old one is lost: keys stay listed without their secrets until you add them again, and sessions end. Nothing is deleted at fal.',
  examples: ['varvel vault reset'],
  doesDueWork: false,
  options: { yes: yesOption },
  positionals: [],
  async run(context, { yes }) {
    const { output, env, open } = context;
    const { folder } = findPlace(env);
    const varvel = await open();
    const kind = varvel.vault;
    const name = kind === 'keychain' ? 'keychain' : 'passphrase vault';
    const isThere = kind === 'file' && (await readVaultState(vaultFolder(folder))) !== 'not set up';
    if (isThere && !(await isAnother(varvel)))
      throw new VarvelError('usage', 'The passphrase vault isn’t lost.', `It is in ${vaultFolder(folder)}.`);
    const used = isThere ? 'the passphrase vault that is there now' : 'a new passphrase vault';
    await confirm(
      `Use ${kind === 'keychain' ? 'this keychain' : used} from now on, without the secrets in the old one?`,
      yes,
      context,
    );
    // it doesn't know what the old one had
    await (await openVault({ kind, folder, env, ask: true })).prepare();
    varvel.giveUpVault();
    if (output.json) output.document({ vault: kind, state: 'open' });
    else output.done(`This ${name} is used from now on. Add your keys again: varvel keys add --stdin`);
    return 0;
  },
});

/** Whether the passphrase vault opens, and has none of the secrets that Varvel knows of. */
async function isAnother(varvel: Varvel): Promise<boolean> {
  try {
    await varvel.checkVault();
    return false;
  } catch (error) {
    if (hasCode(error, 'vault_unavailable')) return true;
    throw error;
  }
}
