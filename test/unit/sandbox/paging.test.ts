import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { Ids, List, Paging, pageOf } from '../../../sandbox/platform/query.ts';

const items = Array.from({ length: 120 }, (_, index) => index);

const page = (query: Record<string, string>) => pageOf(items, Paging.parse(query));

describe('pages', () => {
  it('lead through a list once, to its end', () => {
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const next = page(cursor === null ? { limit: '50' } : { limit: '50', cursor });
      seen.push(...next.page);
      cursor = next.next_cursor;
    } while (cursor !== null);
    expect(seen).toEqual(items);
  });

  it('have the cursors fal shows: the page’s number in base64', () => {
    expect(page({ limit: '1' }).next_cursor).toBe('Mg==');
    expect(page({}).page).toHaveLength(50);
    expect(page({ limit: '100000' }).page).toHaveLength(100);
  });

  it('refuse limits and cursors that make no sense', () => {
    for (const query of [
      { limit: '0' },
      { limit: '-1' },
      { limit: '1.5' },
      { limit: '' },
      { cursor: 'Mg' },
      { cursor: '' },
    ])
      expect(Paging.safeParse(query).success).toBe(false);
  });
});

describe('a list in a query', () => {
  it('can be repeated, or have commas', () => {
    expect(z.parse(List, ['a,b', 'c'])).toEqual(['a', 'b', 'c']);
    expect(z.parse(List, undefined)).toEqual([]);
  });

  it('ends at fifty ids', () => {
    expect(Ids.safeParse(items.slice(0, 50).join(',')).success).toBe(true);
    expect(Ids.safeParse(items.slice(0, 51).join(',')).success).toBe(false);
  });
});
