import type { Key } from '../../contract/rows.ts';

/** Where a key is: the window's word for the two marks of a row. */
export type Whereabouts = 'both' | 'only_here' | 'only_fal' | 'not_asked';

export function whereabouts({ stored, remote }: Pick<Key, 'stored' | 'remote'>): Whereabouts {
  if (remote === null) return 'not_asked';
  if (!remote) return 'only_here';
  return stored ? 'both' : 'only_fal';
}

/** By account, then the oldest first: the order in which the core lists them. */
const inOrder = (a: Key, b: Key): number =>
  (a.account?.nickname ?? '').localeCompare(b.account?.nickname ?? '') ||
  (a.createdAt ?? 0) - (b.createdAt ?? 0) ||
  a.id.localeCompare(b.id);

export interface MergedKeys {
  keys: Key[];
  /** A key that was here and at fal is no longer here: only fal can tell whether it was revoked. */
  doubtful: boolean;
}

/** What is stored here now, with what fal said before of each key. */
export function mergeStored(before: Key[], stored: Key[]): MergedKeys {
  const here = new Set(stored.map(({ id }) => id));
  const known = new Map(before.map((key) => [key.id, key]));
  const gone = before.filter((key) => key.remote === true && !here.has(key.id));
  const kept = gone.map((key) => (key.stored ? { ...key, stored: false, profiles: [] } : key));
  const merged = stored.map((key) => ({ ...key, remote: key.remote ?? known.get(key.id)?.remote ?? null }));
  return { keys: [...merged, ...kept].sort(inOrder), doubtful: gone.some((key) => key.stored) };
}

/** What fal and the vault say now; the accounts that could not be asked keep what was known of them. */
export function mergeAsked(before: Key[], asked: Key[], unasked: string[]): Key[] {
  const seen = new Set(asked.map(({ id }) => id));
  const silent = new Set(unasked);
  const known = new Map(before.map((key) => [key.id, key]));
  const ofSilent = (key: Key): boolean => key.account !== null && silent.has(key.account.nickname);
  const fresh = asked.map((key) =>
    key.remote === false && ofSilent(key) ? { ...key, remote: known.get(key.id)?.remote ?? null } : key,
  );
  const kept = before.filter((key) => !seen.has(key.id) && key.remote === true && ofSilent(key));
  return [...fresh, ...kept].sort(inOrder);
}

export const withKey = (keys: Key[], key: Key): Key[] =>
  [...keys.filter(({ id }) => id !== key.id), key].sort(inOrder);

export const withoutKey = (keys: Key[], id: string): Key[] => keys.filter((key) => key.id !== id);
