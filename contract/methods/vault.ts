import * as z from 'zod/mini';
import { type PassphraseStrength, strengthLevels, vaultKinds } from '../../core/model/machine/vault.ts';
import { method, nothing, passphrase, text } from '../method.ts';
import { problem } from '../problem.ts';

export const vault = z.object({
  kind: z.enum(vaultKinds),
  /** False for a passphrase vault without a passphrase yet. */
  setUp: z.boolean(),
  /** Null when it is unlocked. */
  problem: z.nullable(problem),
});
export type Vault = z.infer<typeof vault>;

const strength = z.object({
  level: z.enum(strengthLevels),
  message: text,
}) satisfies z.ZodMiniType<PassphraseStrength>;

export const vaultMethods = {
  'vault.read': method(nothing, vault),
  /** Unlocks the passphrase vault while this program runs. */
  'vault.unlock': method(z.object({ passphrase }), vault),
  /** Locks the passphrase vault, for this program and for the command line. */
  'vault.lock': method(nothing, vault),
  'vault.changePassphrase': method(z.object({ from: passphrase, to: passphrase }), vault),
  /** Uses a passphrase vault from now on, instead of a keychain that isn't there. */
  'vault.choosePassphraseVault': method(z.object({ passphrase }), vault),
  /** How hard a new passphrase is to guess. */
  'vault.judge': method(z.object({ passphrase }), strength),
};
