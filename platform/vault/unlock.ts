import { join } from 'node:path';
import { VarvelError } from '../../core/model/error.ts';
import { askAgent, endAgent, type StartAgent, startAgent } from './agent/agent.ts';
import { openIdentityFile, readIdentityFile } from './identity-file.ts';
import { openWith, type PassphraseSource } from './passphrase.ts';

export interface UnlockVault {
  /** The passphrase vault's folder, see `vaultFolder`. */
  vault: string;
  passphrase: PassphraseSource;
  /** How long the agent holds the identity, in milliseconds. */
  forMs: number;
  /** The command that runs `serveAgent()`, see `startAgent`. */
  program: StartAgent['program'];
}

export type VaultState = 'not set up' | 'locked' | { unlockedUntil: number };

/**
 * Unlocks the passphrase vault for a while: an agent holds its identity.
 * @returns until when, in milliseconds since 1970
 * @throws VarvelError `not_found` when the vault was never set up, `wrong_passphrase`, `vault_*`
 */
export async function startUnlock({ vault, passphrase, forMs, program }: UnlockVault): Promise<number> {
  const file = await readIdentityFile(identityPath(vault));
  if (file === null) {
    throw new VarvelError(
      'not_found',
      'There is no passphrase vault to unlock.',
      'Add a key with VARVEL_VAULT=file to set it up.',
    );
  }
  const identity = await openWith(passphrase, async (given) => openIdentityFile(file, await given()));
  const expiresAt = Date.now() + forMs;
  await startAgent({ vault, program, held: { identity, fingerprint: file.fingerprint, expiresAt } });
  return expiresAt;
}

/** Locks it now. @returns whether it was unlocked */
export const endUnlock = (vault: string): Promise<boolean> => endAgent(vault);

/** @throws VarvelError `vault_unavailable` when identity.age exists but can't be read */
export async function readVaultState(vault: string): Promise<VaultState> {
  const file = await readIdentityFile(identityPath(vault));
  if (file === null) return 'not set up';
  const held = await askAgent(vault, file.fingerprint);
  return held === null ? 'locked' : { unlockedUntil: held.expiresAt };
}

const identityPath = (vault: string): string => join(vault, 'identity.age');
