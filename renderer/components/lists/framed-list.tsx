import type { ReactNode } from 'react';
import { type InList, VirtualList } from './virtual-list.tsx';
import './framed-list.css';

/** More rows than this scroll in the frame. */
const mostSeen = 6;

/** A list of any length in a frame of its own, for a dialog or a card. */
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
  row: (item: Item, place: InList) => ReactNode;
}) {
  // the frame's own lines are two px
  const frame = items.slice(0, mostSeen).reduce((sum, item) => sum + height(item), 2);
  return (
    <div className="framed-list" style={{ height: frame }}>
      <VirtualList label={label} items={items} keyOf={keyOf} height={height} row={row} />
    </div>
  );
}
