import { VarvelError } from '../../core/model/error.ts';
import type { Varvel } from '../../core/varvel.ts';
import { findPlace } from '../../host/open.ts';
import { vaultFolder } from '../../platform/vault/open-vault.ts';
import { isPassphraseGiven } from '../../platform/vault/passphrase.ts';
import { readVaultState } from '../../platform/vault/unlock.ts';
import { rotationWords } from '../commands/keys/rotation-words.ts';
import type { Context } from './command.ts';

/** After a command: goes on with rotations that are due. They never make the command itself fail, and ask for nothing. */
export async function resumeRotations(varvel: Varvel, { output, signal, env }: Context): Promise<void> {
  try {
    if (varvel.vault === 'file' && !isPassphraseGiven(env)) {
      const state = await readVaultState(vaultFolder(findPlace(env).folder));
      if (typeof state !== 'object') return;
    }
    const rotations = await varvel.rotations();
    for (const rotation of await rotations.resumeDue(false, signal))
      if (!output.json) output.note(rotationWords(rotation));
  } catch (error) {
    if (!(error instanceof VarvelError)) throw error;
    if (error.code !== 'cancelled' && !output.json) output.warn(error.message);
  }
}
