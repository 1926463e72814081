import { join } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import { endAgent } from './agent/agent.ts';
import { openIdentityFile, readIdentityFile, replaceIdentityFile } from './identity-file.ts';
import { openWith, type PassphraseSource } from './passphrase.ts';

/**
 * Says whether a passphrase opens the vault, whatever has opened it already.
 * @throws VarvelError `wrong_passphrase`, `vault_*`
 */
export async function checkPassphrase(vault: string, passphrase: string): Promise<void> {
  const file = await readIdentityFile(join(vault, 'identity.age'));
  if (file !== null) await openIdentityFile(file, passphrase);
}

/**
 * Puts the passphrase vault under another passphrase. The secrets stay as they are, since only the vault's own key is
 * encrypted with it. Other programs must be given the new one.
 * @param vault its folder, see `vaultFolder`
 * @throws VarvelError `not_found` when the vault was never set up, `wrong_passphrase`, `vault_*`, `storage_*`
 */
export async function reencryptIdentity(
  vault: string,
  current: PassphraseSource,
  chosen: () => Promise<string>,
): Promise<void> {
  const file = await readIdentityFile(join(vault, 'identity.age'));
  if (file === null)
    throw new VarvelError('not_found', 'The passphrase vault is not set up yet.', { action: 'set_up_vault' });
  const identity = await openWith(current, async (given) => openIdentityFile(file, await given()));
  await replaceIdentityFile(file, identity, await chosen());
  await endAgent(vault);
}
