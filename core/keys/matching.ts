import { VarvelError } from '../model/error.ts';
import type { StoredKey } from '../model/key.ts';
import { nearest } from '../nearest.ts';

/** Whether a key belongs to an account, by nickname or id; null means any. */
export const isOf =
  (wanted: string | null) =>
  ({ account }: StoredKey): boolean =>
    wanted === null || account?.id === wanted || account?.nickname.toLowerCase() === wanted.toLowerCase();

/** Finds a key by id, alias, or at least six characters of its id's beginning. */
export function matching<Key extends { id: string; alias: string | null }>(text: string, keys: Key[]): Key {
  const exact = keys.find(({ id }) => id === text);
  if (exact) return exact;
  const wanted = text.toLowerCase();
  const byAlias = keys.filter(({ alias }) => alias?.toLowerCase() === wanted);
  const found =
    byAlias.length > 0 || text.length < 6
      ? byAlias
      : keys.filter(({ id }) => id.toLowerCase().startsWith(wanted));
  const [first, second] = found;
  if (first && !second) return first;
  if (first) {
    throw new VarvelError(
      'ambiguous',
      `Several keys match “${text}”: ${found.map(({ id }) => id).join(', ')}.`,
      { action: 'choose_key' },
    );
  }
  throw new VarvelError('not_found', `No key matches “${text.slice(0, 80)}”.`, {
    action: 'list_keys',
    nearest: nearest(
      text,
      keys.flatMap(({ id, alias }) => (alias ? [alias, id] : [id])),
    ),
  });
}
