import type { ActivityEntry, ActivityKind } from '../model/activity.ts';
import type { Ports } from '../ports.ts';

/** What happened, and what it was about; the rest is empty. */
type Told = { kind: ActivityKind } & Partial<Omit<ActivityEntry, 'at' | 'kind'>>;

/** The one way to add to the log of activity: at the present time. */
export const createLog =
  ({ state, clock }: Pick<Ports, 'state' | 'clock'>) =>
  (told: Told): void =>
    state.activity.add({
      at: clock.now(),
      identityId: null,
      account: null,
      keyId: null,
      profile: null,
      detail: '',
      ...told,
    });
