import type { Examination } from '../../contract/methods/doctor.ts';
import { call } from '../bridge.ts';
import { createSnapshot } from './snapshots/snapshot.ts';

/** What the checks found, when the page was opened or refreshed. */
export const useDoctor = createSnapshot<Examination>(() => call('doctor.examine', null));
