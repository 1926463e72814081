import { defaultFilter } from 'cmdk';

/** A name, and more words to find it by. */
export interface Searchable {
  name: string;
  also?: string;
}

/** For a word that is only in `also`. */
const alsoScore = 0.5;
/** For letters that begin no word of the name. */
const insideScore = 0.6;
/** A shorter word must be there as it is, or as the beginnings of words. */
const shortest = 4;

export const wordsOf = (query: string): string[] => query.toLowerCase().split(/\s+/).filter(Boolean);

/** Whether the letters are there, in order. Much faster than a score. */
function hasLetters(text: string, word: string): boolean {
  let at = -1;
  for (const letter of word) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}

function wordScore({ name, also = '' }: Searchable, word: string): number {
  const lower = name.toLowerCase();
  const inName = hasLetters(lower, word) ? defaultFilter(name, word) : 0;
  const text = ` ${also.toLowerCase()}`;
  const inAlso = text.includes(` ${word}`) ? alsoScore : text.includes(word) ? alsoScore / 5 : 0;
  // below it, the letters are just somewhere in the name
  const begins = lower.split(/[^a-z0-9]+/).some((part) => part.startsWith(word));
  const least = lower.includes(word) ? 0 : word.length < shortest ? 0.5 : 0.1;
  return Math.max(inName < least ? 0 : begins ? inName : inName * insideScore, inAlso);
}

/** How well every word matches, 0 to 1. Zero when one of them isn't there. */
export function matchScore(searchable: Searchable, words: readonly string[]): number {
  let sum = 0;
  for (const word of words) {
    const score = wordScore(searchable, word);
    if (score === 0) return 0;
    sum += score;
  }
  return words.length === 0 ? 1 : sum / words.length;
}

/** The items that match, the best first; equal ones stay in order. */
export function bestMatches<Item>(
  items: readonly Item[],
  query: string,
  searchable: (item: Item) => Searchable,
  most: number,
): Item[] {
  const words = wordsOf(query);
  if (words.length === 0) return items.slice(0, most);
  return items
    .map((item) => ({ item, score: matchScore(searchable(item), words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ item }) => item);
}
