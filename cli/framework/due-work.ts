import { VarvelError } from '../../core/model/error.ts';
import type { Varvel } from '../../core/varvel.ts';
import { findPlace } from '../../host/open.ts';
import { vaultFolder } from '../../platform/vault/open-vault.ts';
import { isPassphraseGiven } from '../../platform/vault/passphrase.ts';
import { readVaultState } from '../../platform/vault/unlock.ts';
import { rotationWords } from '../commands/keys/rotation-words.ts';
import type { Context } from './command.ts';
import { withHint } from './hint-words.ts';

/**
 * After a command: syncs the fal CLI's file and ends sessions where a killed command didn't, deletes what is left over in this
 * vault, revokes temporary keys and goes on with rotations that are due. They never make the command itself fail, and ask for nothing.
 */
export async function doDueWork(varvel: Varvel, { output, signal, env }: Context): Promise<void> {
  await attempt(async () => {
    if (!(await isVaultOpen())) return;
    await attempt(() => varvel.followCurrent());
    await attempt(endSessions);
    await attempt(() => varvel.deleteLeftOver());
    await attempt(revokeKeys);
    await attempt(resumeRotations);
  });

  /** False for a passphrase vault that would ask. */
  async function isVaultOpen(): Promise<boolean> {
    if (varvel.vault !== 'file' || isPassphraseGiven(env)) return true;
    return typeof (await readVaultState(vaultFolder(findPlace(env).folder))) === 'object';
  }

  async function endSessions(): Promise<void> {
    const ended = await varvel.identities.finishInterrupted();
    if (ended > 0 && !output.json) output.note('Ended a session that an interrupted command had left.');
  }

  async function revokeKeys(): Promise<void> {
    const { failed } = await varvel.temporaryKeys.revokeDue(signal);
    // once: `varvel doctor` says it as long as it lasts
    for (const { key, error } of failed)
      if (!output.json && key.failures === 0) output.warn(withHint(error.message, error.hint));
  }

  async function resumeRotations(): Promise<void> {
    if (varvel.activeRotations().length === 0) return;
    for (const rotation of await (await varvel.rotations()).resumeDue(false, signal))
      if (!output.json) output.note(rotationWords(rotation));
  }

  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof VarvelError)) throw error;
      if (error.code !== 'cancelled' && !output.json) output.warn(error.message);
    }
  }
}
