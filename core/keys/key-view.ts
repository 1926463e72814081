import type { AccountName } from '../model/account.ts';
import type { RemoteKey, Scope, StoredKey } from '../model/key.ts';
import type { Profile } from '../model/profile.ts';

/** A key as the faces show it: what fal says of it and what we hold, side by side. */
export interface KeyView {
  id: string;
  alias: string | null;
  scope: Scope | null;
  account: AccountName | null;
  /** Milliseconds since 1970. */
  createdAt: number | null;
  /** Its secret is in the vault. */
  stored: boolean;
  /** fal lists it. */
  remote: boolean;
  /** Names of the profiles that use it. */
  profiles: string[];
}

/** Local and remote keys as one list: by account, then the oldest first. */
export function mergeKeys(stored: StoredKey[], remote: RemoteKey[], profiles: Profile[]): KeyView[] {
  const users = new Map<string, string[]>();
  for (const { keyId, name } of profiles) {
    if (keyId !== null) users.set(keyId, [...(users.get(keyId) ?? []), name]);
  }
  const rows = new Map<string, KeyView>();
  for (const key of stored) {
    rows.set(key.id, { ...key, stored: true, remote: false, profiles: users.get(key.id) ?? [] });
  }
  for (const key of remote) {
    rows.set(key.id, { ...key, stored: rows.has(key.id), remote: true, profiles: users.get(key.id) ?? [] });
  }
  return [...rows.values()].sort(
    (a, b) =>
      (a.account?.nickname ?? '').localeCompare(b.account?.nickname ?? '') ||
      (a.createdAt ?? 0) - (b.createdAt ?? 0) ||
      a.id.localeCompare(b.id),
  );
}
