import { matching } from '../../../core/keys/matching.ts';
import { VarvelError } from '../../../core/model/error.ts';
import type { PlacedKey } from '../../../core/model/key-comparison.ts';

/**
 * The keys that something is done with: those that the words name, or without words all that it can be done with.
 * @throws VarvelError `not_found`, `ambiguous`, `conflict` for a key that it can't be done with
 */
export function chooseKeys(
  keys: PlacedKey[],
  words: string[],
  isFit: (placed: PlacedKey) => boolean,
  verb: 'forget' | 'revoke',
): PlacedKey[] {
  if (words.length === 0) return keys.filter(isFit);
  const byId = new Map(keys.map((placed) => [placed.key.id, placed]));
  const rows = keys.map(({ key }) => key);
  const chosen = new Map<string, PlacedKey>();
  for (const word of words) {
    const placed = byId.get(matching(word, rows, []).id);
    if (!placed) continue;
    if (!isFit(placed)) throw notOdd(placed, verb);
    chosen.set(placed.key.id, placed);
  }
  return [...chosen.values()];
}

const notOdd = ({ key, place }: PlacedKey, verb: 'forget' | 'revoke') =>
  new VarvelError(
    'conflict',
    place === 'both'
      ? `Key ${key.id} is here and at fal.`
      : verb === 'forget'
        ? `Key ${key.id} isn’t only here: there is nothing to forget, or it may still work.`
        : `Key ${key.id} can’t be revoked: fal doesn’t list it, or its secret is here.`,
    `To ${verb} it anyway, use \`varvel keys ${verb} ${key.id}\`.`,
  );
