import { createLog } from '../../activity/log.ts';
import type { Rotation } from '../../model/machine/rotation.ts';
import type { Profile } from '../../model/profile.ts';
import type { Ports } from '../../ports.ts';
import type { Journal, Switched } from './journal.ts';

/** Points profiles to another key, all at once: they never disagree. */
export function createProfileSwitch({ state, clock }: Pick<Ports, 'state' | 'clock'>, journal: Journal) {
  const addToLog = createLog({ state, clock });

  /** The profiles that this rotation has changed, and that lost their key when it was revoked or forgotten by hand. */
  function leftWithout(rotation: Rotation, lost: string): Profile[] {
    if (state.keys.get(lost)) return [];
    const changed = new Set(journal.entries(rotation, 'profile').map(({ subject }) => subject));
    return [...changed].flatMap((name) => {
      const profile = state.profiles.get(name);
      return profile?.keyId === null ? [profile] : [];
    });
  }

  return (rotation: Rotation, from: string, to: string): Switched =>
    state.transaction(() => {
      const users = [...state.profiles.withKey(from), ...leftWithout(rotation, from)];
      for (const profile of users) {
        state.profiles.put({ ...profile, keyId: to });
        addToLog({
          kind: 'profile_changed',
          account: profile.account?.nickname ?? null,
          keyId: to,
          profile: profile.name,
          detail: 'key: rotated',
        });
      }
      journal.note(
        rotation,
        users.map(({ name }) => ({ ...journal.begun(rotation, 'profile', name), doneAt: clock.now() })),
      );
      return { moved: users.length, refused: [] };
    });
}
