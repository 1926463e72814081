import type { ActivityEntry, ActivityKind } from '../model/activity.ts';
import type { Ports } from '../ports.ts';

/** What happened and to what; other fields stay empty. */
type NewEntry = { kind: ActivityKind } & Partial<Omit<ActivityEntry, 'at' | 'kind'>>;

/** Adds an entry to the activity log, at the current time. */
export const createLog =
  ({ state, clock }: Pick<Ports, 'state' | 'clock'>) =>
  (entry: NewEntry): void =>
    state.activity.add({
      at: clock.now(),
      identityId: null,
      account: null,
      keyId: null,
      profile: null,
      detail: '',
      ...entry,
    });
