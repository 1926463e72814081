import { createLog } from '../activity/log.ts';
import type { StoredKey } from '../model/fal/key.ts';
import type { Profile } from '../model/profile.ts';
import type { Ports } from '../ports.ts';
import { accountFollowedWords } from '../profiles/account-followed.ts';

/** What a change can do to keys. */
export interface KeyRecordChange {
  /** Stores what is known about a key. A scope and an account that are already known stay if the new ones are null. */
  put(key: StoredKey): void;
}

export type KeyRecords = ReturnType<typeof createKeyRecords>;

/**
 * What is known about keys, and the only way to change it. The key decides the account: as soon as a key's account
 * becomes known, the profiles with that key follow, and a warning says which ones had named another account.
 */
export function createKeyRecords({ state, clock, warn }: Pick<Ports, 'state' | 'clock' | 'warn'>) {
  const addToLog = createLog({ state, clock });

  function follow(profile: Profile, { id, account }: StoredKey): string | null {
    const before = profile.account;
    if (!account || (before?.id === account.id && before.nickname === account.nickname)) return null;
    state.profiles.put({ ...profile, account });
    if (!before || before.id === account.id) return null;
    addToLog({
      kind: 'profile_changed',
      account: account.nickname,
      keyId: id,
      profile: profile.name,
      detail: `account: was ${before.nickname}`,
    });
    return accountFollowedWords(profile.name, { from: before.nickname, to: account.nickname });
  }

  return {
    /** Changes keys in one write transaction, see State.transaction. */
    change<T>(work: (change: KeyRecordChange) => T): T {
      const followed: string[] = [];
      const result = state.transaction(() =>
        work({
          put(key) {
            const before = state.keys.get(key.id);
            const known: StoredKey = {
              ...key,
              scope: key.scope ?? before?.scope ?? null,
              account: key.account ?? before?.account ?? null,
            };
            state.keys.put(known);
            for (const profile of state.profiles.withKey(key.id)) {
              const sentence = follow(profile, known);
              if (sentence !== null) followed.push(sentence);
            }
          },
        }),
      );
      for (const sentence of followed) void warn(sentence);
      return result;
    },
  };
}
