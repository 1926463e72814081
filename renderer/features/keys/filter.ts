import type { KeyView } from '../../../core/model/key-view.ts';
import { keyName } from '../../format/words.ts';
import { type KeyLocation, keyLocation } from '../../stores/keys/key-rows.ts';
import type { KeyArrangement } from '../../stores/window/view.ts';

/** Whether fal may have this key, so that it can be revoked there. */
export const isRevocable = ({ remote }: KeyView): boolean => remote !== false;

export interface KeyFilter {
  query: string;
  accountId: string | null;
  where: KeyLocation | 'anywhere';
  arrangement: KeyArrangement;
}

export const isFailingKey = ({ stored, verdict }: Pick<KeyView, 'stored' | 'verdict'>): boolean =>
  stored && verdict !== null && verdict.kind !== 'valid';

const shows: Record<KeyArrangement['show'], (key: KeyView) => boolean> = {
  all: () => true,
  failing: isFailingKey,
  ADMIN: ({ scope }) => scope === 'ADMIN',
  unused: ({ profiles }) => profiles.length === 0,
  due: ({ rotateBy }) => rotateBy.dueAt !== null && rotateBy.dueAt <= Date.now(),
  temporary: ({ expiresAt }) => expiresAt !== null,
};

const sorts: Record<Exclude<KeyArrangement['sort'], 'account'>, (a: KeyView, b: KeyView) => number> = {
  name: (a, b) => keyName(a).localeCompare(keyName(b)),
  newest: (a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0),
  failing: (a, b) => Number(isFailingKey(b)) - Number(isFailingKey(a)),
  due: (a, b) => dueAt(a) - dueAt(b),
};

/** When a key ends or is to be rotated; those without a time come last. */
const dueAt = ({ expiresAt, rotateBy }: KeyView): number =>
  expiresAt ?? rotateBy.dueAt ?? Number.MAX_SAFE_INTEGER;

/** The keys that contain every word in their alias, id, account, scope or profiles. They come by account. */
export function filterKeys(
  keys: readonly KeyView[],
  { query, accountId, where, arrangement: { show, sort } }: KeyFilter,
): readonly KeyView[] {
  const matching = matchingKeys(keys, { query, accountId, where, show });
  return sort === 'account' ? matching : matching.toSorted(sorts[sort]);
}

function matchingKeys(
  keys: readonly KeyView[],
  { query, accountId, where, show }: Omit<KeyFilter, 'arrangement'> & Pick<KeyArrangement, 'show'>,
): readonly KeyView[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && accountId === null && where === 'anywhere' && show === 'all') return keys;
  return keys.filter((key) => {
    if (accountId !== null && key.account?.id !== accountId) return false;
    if (!shows[show](key)) return false;
    if (where !== 'anywhere' && keyLocation(key) !== where) return false;
    if (words.length === 0) return true;
    const { alias, id, account, scope, profiles } = key;
    const text = [alias, id, account?.nickname, scope, ...profiles].filter(Boolean).join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The accounts of the keys, without duplicates, sorted by nickname. */
export function accountsOfKeys(keys: readonly KeyView[]): { id: string; nickname: string }[] {
  const found = new Map<string, string>();
  for (const { account } of keys) if (account) found.set(account.id, account.nickname);
  return [...found]
    .map(([id, nickname]) => ({ id, nickname }))
    .sort((a, b) => a.nickname.localeCompare(b.nickname));
}
