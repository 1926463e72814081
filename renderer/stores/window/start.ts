import type { Start } from '../../../contract/methods/app.ts';
import { call } from '../../bridge.ts';
import { createSnapshot } from '../snapshots/snapshot.ts';

/** Version, face, environment: what changes only with the environment. */
export const useStart = createSnapshot<Start>(() => call('app.start', null));
