import * as z from 'zod/mini';

/** One change of a text: what was removed at a place, and what was put there. */
export interface Splice {
  /** Where, in the text before. */
  start: number;
  removed: string;
  inserted: string;
}

export const spliceSchema = z.object({ start: z.number(), removed: z.string(), inserted: z.string() });

export const apply = (text: string, { start, removed, inserted }: Splice): string =>
  text.slice(0, start) + inserted + text.slice(start + removed.length);

/**
 * A text without what splices put there, the last one taken back first.
 * @param moved whether the text may have moved since: `anywhere` looks for it, `in_place` does not
 * @returns null when it is not there any more
 */
export function takeBack(text: string, splices: Splice[], moved: 'in_place' | 'anywhere'): string | null {
  let current = text;
  for (const { start, removed, inserted } of splices.toReversed()) {
    const stays = current.startsWith(inserted, start);
    const at = stays ? start : moved === 'anywhere' ? current.indexOf(inserted) : -1;
    if (at < 0) return null;
    current = apply(current, { start: at, removed: inserted, inserted: removed });
  }
  return current;
}
