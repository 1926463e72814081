import * as z from 'zod/mini';
import { vaultKinds } from '../core/model/vault.ts';
import { method, nothing, passphrase } from './method.ts';
import { problem } from './problem.ts';

export const vault = z.object({
  kind: z.enum(vaultKinds),
  /** False for a passphrase vault without a passphrase yet. */
  setUp: z.boolean(),
  /** Null when it is unlocked. */
  problem: z.nullable(problem),
});
export type Vault = z.infer<typeof vault>;

export const vaultMethods = {
  'vault.read': method(nothing, vault),
  /** Unlocks the passphrase vault while this program runs. */
  'vault.unlock': method(z.object({ passphrase }), vault),
};
