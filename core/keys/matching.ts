import { VarvelError } from '../model/error.ts';
import type { StoredKey } from '../model/fal/key.ts';
import type { Profile } from '../model/profile.ts';
import { nearest } from '../nearest.ts';
import { profileWithoutKey } from './missing.ts';

/** Whether a key belongs to an account, by nickname or id; null means any. */
export const isOf =
  (wanted: string | null) =>
  ({ account }: StoredKey): boolean =>
    wanted === null || account?.id === wanted || account?.nickname.toLowerCase() === wanted.toLowerCase();

/** A key of a list that has no others is here. */
const isHere = (key: { stored?: boolean }): boolean => key.stored !== false;

/**
 * Finds a key by its id, its alias, the profile that uses it, or at least six characters of its id's beginning.
 * @throws VarvelError `not_found`, also for a profile without a key, `ambiguous`
 */
export function matching<Key extends Pick<StoredKey, 'id' | 'alias' | 'account'> & { stored?: boolean }>(
  text: string,
  keys: Key[],
  profiles: Profile[],
): Key {
  const exact = keys.find(({ id }) => id === text);
  if (exact) return exact;
  const wanted = text.toLowerCase();
  const profile = profiles.find(({ name }) => name === text);
  const withAlias = keys.filter(({ alias }) => alias?.toLowerCase() === wanted);
  // a colleague's key with that alias, which is only at fal, isn't meant
  if (profile?.keyId === null && !withAlias.some(isHere)) throw profileWithoutKey(profile.name);
  const named = keys.filter((key) => withAlias.includes(key) || key.id === profile?.keyId);
  // a name that another key's id begins with is no better than that id: a member of a team may have given it
  const begun = text.length < 6 ? [] : keys.filter(({ id }) => id.toLowerCase().startsWith(wanted));
  const found = [...new Set([...named, ...begun])];
  const [first, second] = found;
  if (first && !second) return first;
  if (first) {
    const candidates = found.map(({ id, account }) => `${id} (${account?.nickname ?? 'unknown account'})`);
    throw new VarvelError('ambiguous', `Several keys match “${text}”: ${candidates.join(', ')}.`, {
      action: 'choose_key',
    });
  }
  throw new VarvelError('not_found', `No key matches “${text.slice(0, 80)}”.`, {
    action: 'list_keys',
    nearest: nearest(text, [
      ...keys.flatMap(({ id, alias }) => (alias ? [alias, id] : [id])),
      ...profiles.map(({ name }) => name),
    ]),
  });
}
