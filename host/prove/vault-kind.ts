import type { VaultKind } from '../../core/model/machine/vault.ts';
import { chosenVault } from '../../core/settings/vault-choice.ts';
import { openState } from '../../platform/state/open-state.ts';
import { vaultKind } from '../../platform/vault/open-vault.ts';

/** The vault that this machine uses: from the variables, or as chosen in the window. */
export function vaultKindOf(env: NodeJS.ProcessEnv, folder: string): VaultKind {
  const state = openState(folder);
  try {
    return vaultKind(env, chosenVault(state));
  } finally {
    state.close();
  }
}
