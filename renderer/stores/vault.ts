import type { Vault } from '../../contract/vault.ts';
import { call } from '../bridge.ts';
import { createSnapshot } from './snapshots/snapshot.ts';

export const useVault = createSnapshot<Vault>(() => call('vault.read', null));

/** Whether secrets can be read. */
export const useVaultIsOpen = (): boolean =>
  useVault(({ resource }) => resource.state === 'ready' && resource.value.problem === null);
