import { createLog } from '../activity/log.ts';
import { VarvelError } from '../model/error.ts';
import type { Account, AccountName } from '../model/fal/account.ts';
import type { StoredKey } from '../model/fal/key.ts';
import {
  checkColor,
  checkHost,
  checkNote,
  checkProfileName,
  colorOf,
  type Profile,
  type ProfileView,
} from '../model/profile.ts';
import { nearest } from '../nearest.ts';
import type { Ports } from '../ports.ts';
import type { AccountFollowed } from './account-followed.ts';
import { type EffectiveProfile, effectiveProfile, type ProfileChoice } from './effective.ts';

/** The fields to change; null clears one. */
export interface ProfileChange {
  key?: StoredKey | null;
  account?: Account | AccountName | null;
  host?: string | null;
  color?: string;
  note?: string | null;
}

export interface ProfileChanged {
  profile: Profile;
  /** Set when the profile's account changed to that of its key. */
  accountFollowed: AccountFollowed | null;
}

export interface ProfileList {
  current: string | null;
  total: number;
  /** The profiles that were switched to last, the latest first, as far as the activity goes back. */
  recent: string[];
  /** Those with a star. */
  starred: string[];
  profiles: ProfileView[];
}

const maxRecent = 50;

export type Profiles = ReturnType<typeof createProfiles>;

/** Profiles, and which one is current. */
export function createProfiles({ state, clock }: Pick<Ports, 'state' | 'clock'>) {
  const { profiles, keys, verdicts, activity } = state;
  const addToLog = createLog({ state, clock });

  function get(name: string): Profile {
    const profile = profiles.get(name);
    if (profile) return profile;
    throw new VarvelError('not_found', `Profile “${name}” doesn’t exist.`, {
      action: 'list_profiles',
      nearest: nearest(name, profiles.names()),
    });
  }

  const log = (
    kind: 'profile_created' | 'profile_renamed' | 'profile_changed' | 'profile_deleted' | 'switched',
    profile: Profile | null,
    detail: string,
  ) =>
    addToLog({
      kind,
      account: profile?.account?.nickname ?? null,
      keyId: profile?.keyId ?? null,
      profile: profile?.name ?? null,
      detail,
    });

  const refuseTaken = (name: string) => {
    if (profiles.get(name)) {
      throw new VarvelError('conflict', `Profile “${name}” already exists.`, {
        action: 'choose_profile_name',
        profile: name,
      });
    }
  };

  /** Applies a change. The key decides the account: a profile must not name one account and bill another. */
  function changed(before: Profile, change: ProfileChange): ProfileChanged {
    const profile: Profile = {
      ...before,
      ...(change.host !== undefined && { host: change.host === null ? null : checkHost(change.host) }),
      ...(change.color !== undefined && { color: checkColor(change.color) }),
      ...(change.note !== undefined && { note: change.note === null ? null : checkNote(change.note) }),
      ...(change.key !== undefined && { keyId: change.key?.id ?? null }),
    };
    // what the caller knows of the key may be older than the database
    const key = profile.keyId === null ? null : (keys.get(profile.keyId) ?? change.key ?? null);
    const wanted = change.account === undefined ? before.account : change.account;
    const owner = key?.account ?? null;
    profile.account = wanted ? { id: wanted.id, nickname: wanted.nickname } : owner;
    if (!owner || !wanted || owner.id === wanted.id) return { profile, accountFollowed: null };
    if (change.account) {
      throw new VarvelError(
        'conflict',
        `The key of “${before.name}” belongs to ${owner.nickname}, not to ${wanted.nickname}.`,
        { action: 'set_key_of_account', profile: before.name, account: wanted.nickname },
      );
    }
    profile.account = owner;
    return { profile, accountFollowed: { from: wanted.nickname, to: owner.nickname } };
  }

  return {
    get,
    names: () => profiles.names(),
    /** The name of the current profile, or null. */
    current: () => profiles.current(),

    /** All profiles by name, or the first few of them, the total, and which were used last. */
    list(first: number | null = null): ProfileList {
      const scopes = new Map(keys.all().map((key) => [key.id, key.scope]));
      const found = verdicts.all();
      const all = profiles.all(first);
      return {
        current: profiles.current(),
        total: first === null ? all.length : profiles.count(),
        recent: activity.recentProfiles(maxRecent),
        starred: profiles.starred(),
        profiles: all.map((profile) => ({
          ...profile,
          scope: (profile.keyId && scopes.get(profile.keyId)) || null,
          verdict: (profile.keyId && found.get(profile.keyId)) || null,
        })),
      };
    },

    show(name: string): ProfileView & { key: StoredKey | null; current: boolean } {
      const profile = get(name);
      const key = profile.keyId ? keys.get(profile.keyId) : null;
      const verdict = profile.keyId ? verdicts.get(profile.keyId) : null;
      return { ...profile, key, scope: key?.scope ?? null, verdict, current: profiles.current() === name };
    },

    /** @throws VarvelError `invalid` for a name or value, `conflict` for a name that is taken */
    create(name: string, change: ProfileChange = {}): ProfileChanged {
      checkProfileName(name);
      const empty = { name, account: null, keyId: null, host: null, color: colorOf(name), note: null };
      return state.transaction(() => {
        refuseTaken(name);
        const made = changed(empty, change);
        profiles.put(made.profile);
        log('profile_created', made.profile, '');
        return made;
      });
    },

    /** @throws VarvelError `not_found`, `invalid`, or `conflict` when key and account don't match */
    set(name: string, change: ProfileChange): ProfileChanged {
      return state.transaction(() => {
        const made = changed(get(name), change);
        profiles.put(made.profile);
        log('profile_changed', made.profile, Object.keys(change).join(', '));
        return made;
      });
    },

    rename(from: string, to: string): Profile {
      checkProfileName(to);
      return state.transaction(() => {
        const profile = get(from);
        if (from === to) return profile;
        refuseTaken(to);
        profiles.rename(from, to);
        log('profile_renamed', { ...profile, name: to }, `was ${from}`);
        return { ...profile, name: to };
      });
    },

    /** Gives a profile a star, which puts it first in lists, or takes it away. @throws VarvelError `not_found` */
    star(name: string, starred: boolean): void {
      profiles.setStarred(get(name).name, starred);
    },

    /** Deletes only the profile; its key stays in the vault. */
    delete(name: string): { profile: Profile; wasCurrent: boolean } {
      return state.transaction(() => {
        const profile = get(name);
        const wasCurrent = profiles.current() === name;
        profiles.remove(name);
        log('profile_deleted', profile, wasCurrent ? 'was current' : '');
        return { profile, wasCurrent };
      });
    },

    /** Switches to a profile, or to none. */
    switchTo(name: string | null): Profile | null {
      return state.transaction(() => {
        const profile = name === null ? null : get(name);
        profiles.setCurrent(name);
        log('switched', profile, profile ? '' : 'to none');
        return profile;
      });
    },

    /**
     * The active profile of one process.
     * @throws VarvelError `not_found` when the chosen one doesn't exist, or none was chosen
     */
    effective(choice: ProfileChoice): EffectiveProfile {
      return effectiveProfile(choice, {
        current: profiles.current(),
        get: (name) => profiles.get(name),
        nameLike: get,
      });
    },
  };
}
