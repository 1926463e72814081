import type { ReactNode } from 'react';
import { countOf } from '../../format/count.ts';
import { Button } from '../forms/button.tsx';
import type { Marks } from './marks.ts';
import './selection-bar.css';

/** What can be done with the selected rows. */
export function SelectionBar({
  marks: { ids, clear, add },
  all,
  what,
  children,
}: {
  marks: Marks;
  /** The ids of all rows shown. */
  all: readonly string[];
  /** What a row is: “profile”. */
  what: string;
  children: ReactNode;
}) {
  if (ids.size === 0) return null;
  return (
    <section className="selection-bar" aria-label="Selection">
      <b role="status">{countOf(ids.size, what)} selected</b>
      <span className="selection-actions">
        {children}
        {ids.size < all.length && (
          <Button tone="quiet" onClick={() => add(all)}>
            Select all
          </Button>
        )}
        <Button tone="quiet" onClick={clear}>
          Clear
        </Button>
      </span>
    </section>
  );
}
