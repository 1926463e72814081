import * as z from 'zod/mini';

/** One change of a text: what was removed at a place, and what was inserted. */
export interface Splice {
  /** The place, in the text before. */
  start: number;
  removed: string;
  inserted: string;
}

export const spliceSchema = z.object({ start: z.number(), removed: z.string(), inserted: z.string() });

export const apply = (text: string, { start, removed, inserted }: Splice): string =>
  text.slice(0, start) + inserted + text.slice(start + removed.length);

/** Where a text stands, if that is one place only, and for whole lines the begin of one; otherwise -1. */
function onlyPlace(text: string, part: string): number {
  const isLines = part.endsWith('\n') && !part.startsWith('\n');
  const places: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1))
    if (!isLines || at === 0 || text[at - 1] === '\n') places.push(at);
  return places.length === 1 ? (places[0] ?? -1) : -1;
}

/**
 * Undoes splices, the last one first.
 * @param where `anywhere` also looks for text that has moved since, `in_place` does not
 * @returns null when an inserted text is gone, or its place isn't certain
 */
export function takeBack(text: string, splices: Splice[], where: 'in_place' | 'anywhere'): string | null {
  let current = text;
  for (const { start, removed, inserted } of splices.toReversed()) {
    const stays = current.startsWith(inserted, start);
    const at = stays ? start : where === 'anywhere' ? onlyPlace(current, inserted) : -1;
    if (at < 0) return null;
    current = apply(current, { start: at, removed: inserted, inserted: removed });
  }
  return current;
}
