import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { SquareCheck } from 'lucide-react';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { isFocusFree } from '../layout/pane-focus.ts';
import { WithContextMenu } from '../overlays/context-menu.tsx';
import { type MenuItem, runLetter } from '../overlays/menu-items.tsx';
import type { Marks } from './marks.ts';
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
  /** What can be done with a row: on a right click, and by the letters of its items. */
  menu?: (item: Item) => MenuItem[];
  /** Called for a double click. */
  onUse?: (item: Item) => void;
  /** A row's name with its state, for screen readers. */
  labelOf?: (item: Item) => string | undefined;
  /** A heading between rows, which the keyboard skips. */
  isHeading?: (item: Item) => boolean;
  /** Lets rows be selected: with x, and with a click and Ctrl, ⌘ or Shift. */
  marks?: Marks;
  /** An extra class for the row. */
  rowClass?: (item: Item) => string | undefined;
  /** In a frame of its own, which has the padding. */
  framed?: boolean;
}

const noMenu = (): MenuItem[] => [];
const isNever = (): boolean => false;

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
  menu = noMenu,
  onUse,
  labelOf,
  isHeading = isNever,
  marks,
  rowClass,
  framed = false,
}: VirtualListProps<Item>) {
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const focusNext = useRef<number>(null);
  const hasFocus = useRef(false);
  const last = items.length - 1;
  /** The nearest row that is no heading, in this direction and then in the other. */
  const rowAt = (from: number, step: number): number => {
    const isRow = (index: number): boolean => {
      const item = items[index];
      return item !== undefined && !isHeading(item);
    };
    for (const way of [step, -step])
      for (let index = from; index >= 0 && index <= last; index += way) if (isRow(index)) return index;
    return from;
  };
  const activeIndex = rowAt(Math.min(active, Math.max(last, 0)), 1);
  const lastMark = useRef(0);

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
    if (!framed && isFocusFree()) focusNext.current = 0;
  }, [framed]);

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

  const move = (to: number, step = 1): void => {
    const index = rowAt(Math.max(0, Math.min(last, to)), step);
    const item = items[index];
    if (item === undefined) return;
    focusNext.current = index;
    setActive(index);
    virtual.scrollToIndex(index);
    onActive?.(item);
  };

  const itemAt = (target: EventTarget): Item | undefined => {
    const at = target instanceof Element && target.closest<HTMLElement>('[data-index]')?.dataset.index;
    const item = at ? items[Number(at)] : undefined;
    return item === undefined || isHeading(item) ? undefined : item;
  };

  const mark = (item: Item, isRange: boolean): void => {
    const index = items.indexOf(item);
    const [from, to] = [Math.min(lastMark.current, index), Math.max(lastMark.current, index)];
    lastMark.current = index;
    if (isRange)
      marks?.add(
        items
          .slice(from, to + 1)
          .filter((each) => !isHeading(each))
          .map(keyOf),
      );
    else marks?.toggle(keyOf(item));
  };

  const menuOf = (item: Item): MenuItem[] => {
    const own = menu(item);
    if (!marks) return own;
    const label = marks.ids.has(keyOf(item)) ? 'Deselect' : 'Select';
    const select: MenuItem = { label, icon: SquareCheck, letter: 'x', run: () => mark(item, false) };
    // what deletes stays last
    const harmless = own.filter(({ danger }) => !danger);
    return [...harmless, select, ...own.filter(({ danger }) => danger)];
  };

  /** A click with a modifier selects, wherever in the row it is. */
  const onClickCapture = (event: MouseEvent<HTMLElement>): void => {
    const item = itemAt(event.target);
    if (!marks || item === undefined || !(event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
    mark(item, event.shiftKey);
  };

  const onDoubleClick = ({ target }: MouseEvent<HTMLElement>): void => {
    const item = itemAt(target);
    if (item === undefined || !(target instanceof Element)) return;
    if (!target.closest('button:not([data-main]), a, input')) onUse?.(item);
  };

  const focusActive = (): void =>
    scroller.current
      ?.querySelector<HTMLElement>(`[data-index="${activeIndex}"] [data-main]`)
      ?.focus({ preventScroll: true });

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const { target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!(target instanceof HTMLElement) || target.closest('[role="menu"], input, textarea, select')) return;
    const step = steps[event.key];
    if (step !== undefined) move(activeIndex + step, Math.sign(step));
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(last, -1);
    else if (event.key === 'Escape' && marks && marks.ids.size > 0) marks.clear();
    else {
      const item = items[activeIndex];
      if (!/^[a-z]$/.test(event.key) || item === undefined) return;
      // preventDefault below: a dialog's field would receive the letter
      runLetter(menuOf(item), event.key);
    }
    event.preventDefault();
  };

  return (
    <div className={`list-scroller ${framed ? 'list-framed' : ''}`} ref={scroller}>
      <WithContextMenu
        items={(target) => {
          const item = itemAt(target);
          return item === undefined ? [] : menuOf(item);
        }}
        onClose={focusActive}
      >
        <ul
          className={`list ${marks && marks.ids.size > 0 ? 'list-marking' : ''}`}
          onClickCapture={onClickCapture}
          onDoubleClick={onDoubleClick}
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
            const isMarked = marks?.ids.has(keyOf(item)) ?? false;
            return (
              <li
                key={key}
                data-index={index}
                aria-setsize={total}
                aria-posinset={index + 1}
                aria-label={labelOf?.(item)}
                className={`list-row ${keyOf(item) === selected ? 'list-row-selected' : ''} ${isMarked ? 'list-row-marked' : ''} ${rowClass?.(item) ?? ''}`}
                style={{ transform: `translateY(${start}px)`, height: size }}
              >
                {marks && marks.ids.size > 0 && !isHeading(item) && (
                  <input
                    type="checkbox"
                    className="list-mark"
                    aria-label={`Select ${labelOf?.(item) ?? keyOf(item)}`}
                    tabIndex={-1}
                    checked={isMarked}
                    onChange={() => mark(item, false)}
                  />
                )}
                {row(item, index === activeIndex ? stop : skip)}
              </li>
            );
          })}
        </ul>
      </WithContextMenu>
    </div>
  );
}
