import { distance } from 'fastest-levenshtein';

/** The name most like a mistyped one, or null when none is close enough to be what was meant. */
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

/** Asks whether the nearest name was meant, before what else to do. */
export const didYouMean = (text: string, names: Iterable<string>, otherwise: string): string => {
  const name = nearest(text, names);
  return name === null ? otherwise : `Did you mean “${name}”? ${otherwise}`;
};
