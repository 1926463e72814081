import type { Input } from '../../../../contract/methods.ts';
import type { Profile } from '../../../../contract/rows.ts';
import { accounts, type FakeKey } from '../fake-people.ts';
import { type FakeHandlers, type FakeProfile, type Memory, Refusal, wait } from './memory.ts';

/** The profiles, and which of them is current. */
export function fakeProfiles(memory: Memory): FakeHandlers<'profiles'> {
  const { options, state, changed, keyOf, log, needVault, profileOf } = memory;

  const profileRow = (profile: FakeProfile, byId: Map<string, FakeKey>): Profile => {
    const key = profile.keyId === null ? undefined : byId.get(profile.keyId);
    return { ...profile, scope: key?.scope ?? null, verdict: key?.verdict ?? null };
  };
  const rows = (): Profile[] => {
    const byId = new Map(state.keys.map((key) => [key.id, key]));
    return state.profiles.map((profile) => profileRow(profile, byId));
  };

  function apply(profile: FakeProfile, change: Input<'profiles.create'>['change']) {
    const before = profile.account;
    if (change.host !== undefined) profile.host = change.host;
    if (change.color !== undefined) profile.color = change.color;
    if (change.note !== undefined) profile.note = change.note;
    if (change.keyId !== undefined) profile.keyId = change.keyId;
    if (change.accountId !== undefined) {
      const account = accounts.find(({ id }) => id === change.accountId);
      profile.account = account ? { id: account.id, nickname: account.nickname } : null;
    }
    const owner = profile.keyId === null ? null : keyOf(profile.keyId).account;
    if (owner) profile.account = owner;
    if (!before || !owner || before.id === owner.id) return null;
    return { from: before.nickname, to: owner.nickname };
  }

  return {
    'profiles.list': async ({ first }) => {
      if (first === null && options.restAfter !== undefined) await wait(options.restAfter);
      const profiles = first === null ? rows() : rows().slice(0, first);
      return { current: state.current, total: state.profiles.length, profiles };
    },
    'profiles.read': ({ name }) =>
      profileRow(profileOf(name), new Map(state.keys.map((key) => [key.id, key]))),
    'profiles.create': ({ name, change }) => {
      if (state.profiles.some((profile) => profile.name === name)) {
        throw new Refusal('conflict', `A profile “${name}” is already there.`, 'Choose another name.');
      }
      const profile = { name, account: null, keyId: null, host: null, color: 'brass', note: null };
      const followed = apply(profile, change);
      state.profiles.push(profile);
      state.profiles.sort((a, b) => a.name.localeCompare(b.name));
      log('profile_created', { profile: name });
      changed('profiles');
      return { followed };
    },
    'profiles.change': ({ name, change }) => {
      const followed = apply(profileOf(name), change);
      log('profile_changed', { profile: name, detail: Object.keys(change).join(', ') });
      changed('profiles');
      return { followed };
    },
    'profiles.rename': ({ from, to }) => {
      const profile = profileOf(from);
      if (state.profiles.some((each) => each.name === to)) {
        throw new Refusal('conflict', `A profile “${to}” is already there.`, 'Choose another name.');
      }
      profile.name = to;
      if (state.current === from) state.current = to;
      log('profile_renamed', { profile: to, detail: `was ${from}` });
      changed('profiles');
      return null;
    },
    'profiles.delete': ({ name }) => {
      profileOf(name);
      state.profiles = state.profiles.filter((profile) => profile.name !== name);
      const wasCurrent = state.current === name;
      if (wasCurrent) state.current = null;
      log('profile_deleted', { profile: name, detail: wasCurrent ? 'was current' : '' });
      changed('profiles');
      return { wasCurrent };
    },
    'profiles.switch': ({ name }) => {
      if (name !== null) profileOf(name);
      state.current = name;
      log('switched', { profile: name, detail: name === null ? 'to none' : '' });
      changed('profiles');
      return null;
    },
    'profiles.copyExport': ({ name, shell }) => {
      needVault();
      profileOf(name);
      state.clipboard = shell === 'fish' ? 'varvel env | source' : 'eval "$(varvel env)"';
      log('exported', { profile: name });
      changed();
      return { seconds: state.settings.clipboardSeconds };
    },
  };
}
