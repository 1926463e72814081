import type { Identity } from '../../../../contract/rows.ts';
import { asProfile, drafts, keyId, manyProfiles, type Person, people, seedKeys } from '../fake-people.ts';
import { type Memory, verdictOf } from './memory.ts';

const minute = 60_000;

export const asIdentity = (person: Person, connection: string): Identity => ({
  id: person.id,
  name: person.name,
  email: person.email,
  connection,
  signedIn: true,
  signedInAt: Date.now(),
});

/** What is there when the window opens, and anew in another environment. */
export function fill({ state, options, log }: Memory): void {
  const now = Date.now();
  const keys = seedKeys(now);
  Object.assign(state, {
    keys,
    profiles: [],
    identities: [],
    activity: [],
    current: null,
    heardAccounts: false,
  });
  if (options.firstRun) return;
  const ada = people[0];
  if (ada) state.identities = [asIdentity(ada, 'github')];
  const wanted = options.profiles;
  const profiles =
    wanted === undefined ? drafts.map((draft) => asProfile(draft, keys)) : manyProfiles(wanted, keys);
  state.profiles = profiles;
  const used = new Set(profiles.map((profile) => profile.keyId));
  for (const [index, key] of keys.entries()) {
    if (!used.has(key.id)) continue;
    key.stored = true;
    if (index % 4 !== 1) key.verdict = verdictOf(key, now - index * index * 3 * minute);
  }
  keys.push({
    id: keyId(77),
    alias: 'old-laptop',
    scope: 'API',
    account: { id: 'user-ada', nickname: 'ada' },
    createdAt: now - 400 * 24 * 60 * minute,
    stored: true,
    atFal: false,
    verdict: null,
  });
  state.current = profiles[0]?.name ?? null;
  state.heardAccounts = true;
  state.lastConnection ??= 'github';
  for (let index = 60; index > 0; index--) {
    const profile = profiles[index % Math.max(1, Math.min(profiles.length, 7))];
    log((['switched', 'key_tested', 'exported', 'ran', 'key_revealed'] as const)[index % 5] ?? 'ran', {
      profile: index % 5 === 1 ? null : (profile?.name ?? null),
      keyId: profile?.keyId ?? null,
      account: profile?.account?.nickname ?? null,
      detail: index % 5 === 3 ? 'npm run dev' : '',
      at: now - index * index * 2 * minute,
    });
  }
}
