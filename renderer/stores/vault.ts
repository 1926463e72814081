import type { Vault } from '../../contract/methods/vault.ts';
import { call } from '../bridge.ts';
import { createSnapshot } from './snapshots/snapshot.ts';

export const useVault = createSnapshot<Vault>(() => call('vault.read', null));

/** Whether secrets can be read. */
export const useVaultIsOpen = (): boolean =>
  useVault(({ resource }) => resource.state === 'ready' && resource.value.problem === null);

const put = (vault: Vault): void => useVault.getState().put(() => vault);

export const unlockVault = async (passphrase: string): Promise<void> =>
  put(await call('vault.unlock', { passphrase }));

/** Locks the passphrase vault now. */
export const lockVault = async (): Promise<void> => put(await call('vault.lock', null));

export const changePassphrase = async (from: string, to: string): Promise<void> =>
  put(await call('vault.changePassphrase', { from, to }));

/** Uses a passphrase vault instead of a keychain that isn't there. */
export const choosePassphraseVault = async (passphrase: string): Promise<void> =>
  put(await call('vault.choosePassphraseVault', { passphrase }));
