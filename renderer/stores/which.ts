import type { WhichReport } from '../../core/model/which.ts';
import { call } from '../bridge.ts';
import { createSnapshot } from './snapshots/snapshot.ts';

/** The key in force for what is started as Varvel was. */
export const useWhich = createSnapshot<WhichReport>(() => call('which.explain', null));
