import type { KeyView } from '../../../core/model/key-view.ts';
import { type KeyLocation, keyLocation } from '../../stores/key-rows.ts';

export interface KeyFilter {
  query: string;
  accountId: string | null;
  where: KeyLocation | 'anywhere';
}

/** The keys that contain every word in their alias, id, account, scope or profiles. */
export function filterKeys(
  keys: readonly KeyView[],
  { query, accountId, where }: KeyFilter,
): readonly KeyView[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && accountId === null && where === 'anywhere') return keys;
  return keys.filter((key) => {
    if (accountId !== null && key.account?.id !== accountId) return false;
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
