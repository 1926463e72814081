import type { WhichReport } from '../../core/model/which.ts';
import { call } from '../bridge.ts';
import { createSnapshot } from './snapshots/snapshot.ts';

/** The active key for programs started from the home folder, as Varvel was. */
export const useWhich = createSnapshot<WhichReport>(() => call('which.explain', null));
