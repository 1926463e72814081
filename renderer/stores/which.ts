import type { Which } from '../../contract/rows.ts';
import { call } from '../bridge.ts';
import { createSnapshot } from './snapshots/snapshot.ts';

/** The key in force for what is started as Varvel was. */
export const useWhich = createSnapshot<Which>(() => call('which.explain', null));
