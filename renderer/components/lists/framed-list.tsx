import type { ReactNode } from 'react';
import { type RowPlace, VirtualList } from './virtual-list.tsx';
import './framed-list.css';

/** More rows than this scroll. */
const maxVisible = 6;

/** A list of any length in a frame, for a dialog or a card. */
export function FramedList<Item>({
  label,
  items,
  keyOf,
  height,
  row,
}: {
  label: string;
  items: readonly Item[];
  keyOf: (item: Item) => string;
  /** Of a row, in px. */
  height: (item: Item) => number;
  row: (item: Item, place: RowPlace) => ReactNode;
}) {
  // the frame's border takes two px
  const frame = items.slice(0, maxVisible).reduce((sum, item) => sum + height(item), 2);
  return (
    <div className="framed-list" style={{ height: frame }}>
      <VirtualList framed label={label} items={items} keyOf={keyOf} height={height} row={row} />
    </div>
  );
}
