import type { KeyView } from '../../../core/model/key-view.ts';

/** Where a key is: in the vault, at fal, or both. */
export type KeyLocation = 'both' | 'only_here' | 'only_fal' | 'unchecked';

export function keyLocation({ stored, remote }: Pick<KeyView, 'stored' | 'remote'>): KeyLocation {
  if (remote === null) return 'unchecked';
  if (!remote) return 'only_here';
  return stored ? 'both' : 'only_fal';
}

/** Sorts by account, then oldest first, as the core does. */
const compareKeys = (a: KeyView, b: KeyView): number =>
  (a.account?.nickname ?? '').localeCompare(b.account?.nickname ?? '') ||
  (a.createdAt ?? 0) - (b.createdAt ?? 0) ||
  a.id.localeCompare(b.id);

export interface MergedKeys {
  keys: KeyView[];
  /** A key left the vault but was at fal. Only fal knows whether it was revoked. */
  needsRefresh: boolean;
}

/** Merges the keys stored now with what fal last said about each. */
export function mergeStored(before: KeyView[], stored: KeyView[]): MergedKeys {
  const here = new Set(stored.map(({ id }) => id));
  const known = new Map(before.map((key) => [key.id, key]));
  // a temporary key that is gone was revoked
  const gone = before.filter((key) => key.remote === true && key.expiresAt === null && !here.has(key.id));
  const kept = gone.map((key) => (key.stored ? { ...key, stored: false, profiles: [] } : key));
  const merged = stored.map((key) => ({ ...key, remote: key.remote ?? known.get(key.id)?.remote ?? null }));
  return { keys: [...merged, ...kept].sort(compareKeys), needsRefresh: gone.some((key) => key.stored) };
}

/** Merges refreshed keys with the previous ones. Accounts that failed to refresh keep their last known keys. */
export function mergeRefreshed(before: KeyView[], refreshed: KeyView[], failedAccounts: string[]): KeyView[] {
  const seen = new Set(refreshed.map(({ id }) => id));
  const failed = new Set(failedAccounts);
  const known = new Map(before.map((key) => [key.id, key]));
  const hasFailed = (key: KeyView): boolean => key.account !== null && failed.has(key.account.nickname);
  const fresh = refreshed.map((key) =>
    key.remote === false && hasFailed(key) ? { ...key, remote: known.get(key.id)?.remote ?? null } : key,
  );
  const kept = before.filter((key) => !seen.has(key.id) && key.remote === true && hasFailed(key));
  return [...fresh, ...kept].sort(compareKeys);
}

export const withKey = (keys: KeyView[], key: KeyView): KeyView[] =>
  [...keys.filter(({ id }) => id !== key.id), key].sort(compareKeys);

export const withoutKey = (keys: KeyView[], id: string): KeyView[] => keys.filter((key) => key.id !== id);
