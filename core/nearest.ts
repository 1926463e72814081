import { distance } from 'fastest-levenshtein';

/** The name most like a mistyped one, or null when none is close enough. */
export function nearest(text: string, names: Iterable<string>): string | null {
  const wanted = text.toLowerCase();
  let best: string | null = null;
  let least = Math.max(2, Math.ceil(text.length / 3)) + 1;
  for (const name of names) {
    const away = distance(wanted, name.toLowerCase());
    if (away < least) {
      least = away;
      best = name;
    }
  }
  return best;
}

/** “Did you mean …?” with the nearest name, followed by other advice. */
export const didYouMean = (text: string, names: Iterable<string>, otherwise: string): string => {
  const name = nearest(text, names);
  return name === null ? otherwise : `Did you mean “${name}”? ${otherwise}`;
};
