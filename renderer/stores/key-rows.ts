import type { KeyView } from '../../core/model/key-view.ts';

/** Where a key is: the window's word for the two marks of a row. */
export type Whereabouts = 'both' | 'only_here' | 'only_fal' | 'not_asked';

export function whereabouts({ stored, remote }: Pick<KeyView, 'stored' | 'remote'>): Whereabouts {
  if (remote === null) return 'not_asked';
  if (!remote) return 'only_here';
  return stored ? 'both' : 'only_fal';
}

/** By account, then the oldest first: the order in which the core lists them. */
const inOrder = (a: KeyView, b: KeyView): number =>
  (a.account?.nickname ?? '').localeCompare(b.account?.nickname ?? '') ||
  (a.createdAt ?? 0) - (b.createdAt ?? 0) ||
  a.id.localeCompare(b.id);

export interface MergedKeys {
  keys: KeyView[];
  /** A key that was here and at fal is no longer here: only fal can tell whether it was revoked. */
  doubtful: boolean;
}

/** What is stored here now, with what fal said before of each key. */
export function mergeStored(before: KeyView[], stored: KeyView[]): MergedKeys {
  const here = new Set(stored.map(({ id }) => id));
  const known = new Map(before.map((key) => [key.id, key]));
  const gone = before.filter((key) => key.remote === true && !here.has(key.id));
  const kept = gone.map((key) => (key.stored ? { ...key, stored: false, profiles: [] } : key));
  const merged = stored.map((key) => ({ ...key, remote: key.remote ?? known.get(key.id)?.remote ?? null }));
  return { keys: [...merged, ...kept].sort(inOrder), doubtful: gone.some((key) => key.stored) };
}

/** What fal and the vault say now; the accounts that could not be asked keep what was known of them. */
export function mergeAsked(before: KeyView[], asked: KeyView[], unasked: string[]): KeyView[] {
  const seen = new Set(asked.map(({ id }) => id));
  const silent = new Set(unasked);
  const known = new Map(before.map((key) => [key.id, key]));
  const ofSilent = (key: KeyView): boolean => key.account !== null && silent.has(key.account.nickname);
  const fresh = asked.map((key) =>
    key.remote === false && ofSilent(key) ? { ...key, remote: known.get(key.id)?.remote ?? null } : key,
  );
  const kept = before.filter((key) => !seen.has(key.id) && key.remote === true && ofSilent(key));
  return [...fresh, ...kept].sort(inOrder);
}

export const withKey = (keys: KeyView[], key: KeyView): KeyView[] =>
  [...keys.filter(({ id }) => id !== key.id), key].sort(inOrder);

export const withoutKey = (keys: KeyView[], id: string): KeyView[] => keys.filter((key) => key.id !== id);
