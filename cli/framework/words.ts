import type { AccountKind } from '../../core/model/fal/account.ts';
import type { Verdict } from '../../core/model/fal/verdict.ts';
import type { CommandOutput } from './output/output.ts';

/** ISO 8601 in UTC, as in the JSON documents; null stays null. */
export const isoTime = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString();

/** The day, as tables show it. */
export const day = (ms: number | null): string =>
  ms === null ? '–' : new Date(ms).toISOString().slice(0, 10);

const steps: [number, string][] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
];

/** How long ago, in the largest unit that fits: `3 d`, `2 h`, `now`. */
export function age(since: number, now: number): string {
  for (const [ms, unit] of steps) if (now - since >= ms) return `${Math.floor((now - since) / ms)} ${unit}`;
  return 'now';
}

/** How long ago, in a sentence: `3 d ago`, `just now`. */
export function ago(since: number, now: number): string {
  const text = age(since, now);
  return text === 'now' ? 'just now' : `${text} ago`;
}

/** How long until a time, in the largest unit that fits: `3 d`, `2 h`, `40 s`. */
export function left(until: number, now: number): string {
  const ms = Math.max(until - now, 0);
  for (const [unitMs, unit] of steps) if (ms >= unitMs) return `${Math.floor(ms / unitMs)} ${unit}`;
  return `${Math.ceil(ms / 1000)} s`;
}

export const kindWord: Record<AccountKind, string> = {
  personal: 'Personal',
  team: 'Team',
  organization: 'Organization',
};

export const verdictStyle = (verdict: Verdict | null): 'green' | 'red' | 'yellow' | 'dim' => {
  if (!verdict) return 'dim';
  if (verdict.kind === 'valid') return 'green';
  return verdict.kind === 'invalid' || verdict.kind === 'locked' ? 'red' : 'yellow';
};

/** The beginning of a key's id, for a table that is too wide; commands take it too. Other ids stay whole. */
export const idStart = (id: string): string =>
  id.replace(/^([\da-f]{8})-(?:[\da-f]{4}-){3}[\da-f]{12}$/i, '$1');

/** “1 key”, “2 keys”. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** “a”, “a and b”, “a, b and c”. */
export const listed = (words: string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** Does something with each of several, and prints the results as one document, also of those before one that fails. */
export async function resultsOfEach<Item, Result>(
  items: Item[],
  output: CommandOutput,
  work: (item: Item) => Promise<Result>,
): Promise<void> {
  const results: Result[] = [];
  try {
    for (const item of items) results.push(await work(item));
  } finally {
    const isAny = results.length > 0 || items.length === 0;
    if (output.json && isAny) output.document(items.length === 1 ? results[0] : { results });
  }
}

/** “$0.41”; four places for small amounts. */
export function money(amount: number, currency: string): string {
  const places = amount !== 0 && Math.abs(amount) < 0.1 ? 4 : 2;
  const text = amount.toFixed(places);
  return currency === 'USD' ? `$${text}` : `${text} ${currency}`;
}
