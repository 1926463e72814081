import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import './virtual-list.css';

/** What a row of the list needs for its place in it: only the active row is a stop of the Tab key. */
export interface InList {
  tabIndex: 0 | -1;
}

interface VirtualListProps<Item> {
  label: string;
  items: readonly Item[];
  /** How many there will be, while others are still read: the list has its whole length from the start. */
  total?: number;
  keyOf: (item: Item) => string;
  /** In px; all rows are of one height, or of the height that their item asks for. */
  height: number | ((item: Item) => number);
  row: (item: Item, place: InList) => ReactNode;
  /** The row whose pane is open. */
  selected?: string | null;
  /** Told when another row becomes active by the keyboard. */
  onActive?: (item: Item) => void;
  /** A letter typed on the active row. */
  onLetter?: (letter: string, item: Item) => void;
  /** Names the class of a row's frame. */
  rowClass?: (item: Item) => string;
}

const stop: InList = { tabIndex: 0 };
const skip: InList = { tabIndex: -1 };

const steps: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: 10, PageUp: -10 };

/**
 * A list of any length of which only what is seen is built. Arrows, j and k, Page, Home and End move in it;
 * the element with `data-main` in each row takes the focus.
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
    // the active row is the list's one stop of the Tab key: it stays when it is scrolled out of sight
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

  // heights follow the items where they differ
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew whenever the items change
  useEffect(() => {
    if (typeof height !== 'number') virtual.measure();
  }, [items, height]);

  useLayoutEffect(() => {
    // a row that had the focus and is gone leaves it to the one that is active now
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
      // it may open a dialog, whose field would take the letter in
      onLetter(event.key, item);
    }
    event.preventDefault();
  };

  return (
    <div className="list-scroller" ref={scroller}>
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
