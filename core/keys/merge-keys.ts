import type { RemoteKey, StoredKey } from '../model/fal/key.ts';
import type { KeyView } from '../model/key-view.ts';
import type { Profile } from '../model/profile.ts';

type MergedKey = Omit<KeyView, 'verdict' | 'expiresAt' | 'rotateBy'>;

/**
 * Merges local and remote keys into one list, by account and then by age, oldest first.
 * @param isAsked whether fal was asked for the list that this key would be in
 */
export function mergeKeys(
  stored: StoredKey[],
  remote: RemoteKey[],
  profiles: Profile[],
  isAsked: (key: StoredKey) => boolean,
): MergedKey[] {
  const users = new Map<string, string[]>();
  for (const { keyId, name } of profiles) {
    if (keyId === null) continue;
    const names = users.get(keyId);
    if (names) names.push(name);
    else users.set(keyId, [name]);
  }
  const rows = new Map<string, MergedKey>();
  for (const key of stored) {
    const profilesOf = users.get(key.id) ?? [];
    rows.set(key.id, { ...key, stored: true, remote: isAsked(key) ? false : null, profiles: profilesOf });
  }
  for (const key of remote) {
    // fal's pages can overlap: a row may come from fal's list, not from the vault
    const mine = rows.get(key.id);
    rows.set(key.id, {
      ...key,
      // a name that was given here stays
      alias: mine?.alias ?? key.alias,
      stored: mine?.stored ?? false,
      remote: true,
      profiles: users.get(key.id) ?? [],
    });
  }
  return [...rows.values()].sort(
    (a, b) =>
      (a.account?.nickname ?? '').localeCompare(b.account?.nickname ?? '') ||
      (a.createdAt ?? 0) - (b.createdAt ?? 0) ||
      a.id.localeCompare(b.id),
  );
}
