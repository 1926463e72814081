import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import './virtual-list.css';

/** A row's place in the list. Only the active row is a Tab stop. */
export interface RowPlace {
  tabIndex: 0 | -1;
}

interface VirtualListProps<Item> {
  label: string;
  items: readonly Item[];
  /** How many items there will be once all have loaded, so that the list has its full length from the start. */
  total?: number;
  keyOf: (item: Item) => string;
  /** In px: one height for all rows, or a height per item. */
  height: number | ((item: Item) => number);
  row: (item: Item, place: RowPlace) => ReactNode;
  /** The row whose pane is open. */
  selected?: string | null;
  /** Called when the keyboard makes another row active. */
  onActive?: (item: Item) => void;
  /** Called for a letter typed on the active row. */
  onLetter?: (letter: string, item: Item) => void;
  /** An extra class for the row. */
  rowClass?: (item: Item) => string | undefined;
  /** In a frame of its own, which has the padding. */
  framed?: boolean;
}

const stop: RowPlace = { tabIndex: 0 };
const skip: RowPlace = { tabIndex: -1 };

const steps: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: 10, PageUp: -10 };

/**
 * A list of any length that renders only the visible rows. Arrows, j and k, Page, Home and End move in it. The element
 * with `data-main` in each row takes the focus.
 */
export function VirtualList<Item>({
  label,
  items,
  total = items.length,
  keyOf,
  height,
  row,
  selected = null,
  onActive,
  onLetter,
  rowClass,
  framed = false,
}: VirtualListProps<Item>) {
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const focusNext = useRef<number>(null);
  const hasFocus = useRef(false);
  const last = items.length - 1;
  const activeIndex = Math.min(active, Math.max(last, 0));

  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      if (typeof height === 'number') return height;
      const item = items[index];
      return item === undefined ? 0 : height(item);
    },
    overscan: 8,
    // always render the active row, the list's only Tab stop, even when it is scrolled out of view
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range);
      const first = seen[0] ?? 0;
      if (activeIndex >= first && activeIndex <= (seen.at(-1) ?? 0)) return seen;
      return activeIndex < first ? [activeIndex, ...seen] : [...seen, activeIndex];
    },
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: measure again whenever the items change
  useEffect(() => {
    if (typeof height !== 'number') virtual.measure();
  }, [items, height]);

  useLayoutEffect(() => {
    // when the focused row is gone, focus the active one
    if (hasFocus.current && document.activeElement === document.body) focusNext.current ??= activeIndex;
    if (focusNext.current === null) return;
    const target = scroller.current?.querySelector<HTMLElement>(
      `[data-index="${focusNext.current}"] [data-main]`,
    );
    if (!target) return;
    focusNext.current = null;
    target.focus({ preventScroll: true });
  });

  const move = (to: number): void => {
    const index = Math.max(0, Math.min(last, to));
    const item = items[index];
    if (item === undefined) return;
    focusNext.current = index;
    setActive(index);
    virtual.scrollToIndex(index);
    onActive?.(item);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const { target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!(target instanceof HTMLElement) || target.closest('[role="menu"], input, textarea, select')) return;
    const step = steps[event.key];
    if (step !== undefined) move(activeIndex + step);
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(last);
    else {
      const item = items[activeIndex];
      if (!/^[a-z]$/.test(event.key) || item === undefined || !onLetter) return;
      // preventDefault below: a dialog's field would receive the letter
      onLetter(event.key, item);
    }
    event.preventDefault();
  };

  return (
    <div className={`list-scroller ${framed ? 'list-framed' : ''}`} ref={scroller}>
      <ul
        className="list"
        aria-label={label}
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={onKeyDown}
        onBlur={({ target }) => {
          hasFocus.current = !target.isConnected;
        }}
        onFocus={(event) => {
          hasFocus.current = true;
          const at = event.target.closest<HTMLElement>('[data-index]')?.dataset.index;
          if (at !== undefined && Number(at) !== active) setActive(Number(at));
        }}
      >
        {virtual.getVirtualItems().map(({ index, key, start, size }) => {
          const item = items[index];
          if (item === undefined) return null;
          return (
            <li
              key={key}
              data-index={index}
              aria-setsize={total}
              aria-posinset={index + 1}
              className={`list-row ${keyOf(item) === selected ? 'list-row-selected' : ''} ${rowClass?.(item) ?? ''}`}
              style={{ transform: `translateY(${start}px)`, height: size }}
            >
              {row(item, index === activeIndex ? stop : skip)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
