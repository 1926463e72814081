import type { Vault } from '../../contract/rows.ts';
import { call } from '../bridge.ts';
import { createSnapshot } from './snapshot.ts';

export const useVault = createSnapshot<Vault>(() => call('vault.look', null));
