import { type VaultKind, vaultKinds } from '../model/machine/vault.ts';
import type { State } from '../ports/state.ts';

const name = 'vault';

/** The vault that was chosen in the window or by command; null for the usual one. VARVEL_VAULT counts before it. */
export const chosenVault = ({ settings }: Pick<State, 'settings'>): VaultKind | null =>
  vaultKinds.find((kind) => kind === settings.get(name)) ?? null;

export const chooseVault = ({ settings }: Pick<State, 'settings'>, kind: VaultKind | null): void =>
  settings.set(name, kind ?? '');
