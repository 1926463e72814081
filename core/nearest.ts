import { distance } from 'fastest-levenshtein';
import type { Hint } from './model/error.ts';

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

/** A hint's first half: the nearest name, or where to find the names. */
export const didYouMean = (text: string, names: Iterable<string>, otherwise: Hint): Hint => {
  const name = nearest(text, names);
  if (name === null) return otherwise;
  const question = `Did you mean “${name}”?`;
  if (typeof otherwise === 'string') return `${question} ${otherwise}`;
  const { terminal, window } = otherwise;
  return { terminal: `${question} ${terminal}`, window: `${question} ${window}` };
};
