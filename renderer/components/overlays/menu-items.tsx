import type { LucideIcon } from 'lucide-react';
import type { ComponentType, ReactNode } from 'react';

export interface MenuItem {
  label: string;
  icon: LucideIcon;
  run: () => void;
  /** The letter that does it on a row or in its pane. */
  letter?: string;
  /** Marks an action that can't be undone. */
  danger?: boolean;
  /** Why the item is disabled. */
  unless?: string;
}

interface ItemProps {
  className?: string;
  disabled?: boolean;
  'aria-keyshortcuts'?: string | undefined;
  onSelect?: () => void;
  children?: ReactNode;
}

/** The lines of a menu. @param Item of the kind of menu they are in */
export function MenuItems({
  items,
  Item,
  onChoose,
}: {
  items: readonly MenuItem[];
  Item: ComponentType<ItemProps>;
  onChoose: (item: MenuItem) => void;
}) {
  return items.map((item) => (
    <Item
      key={item.label}
      className={`menu-item ${item.danger ? 'menu-danger' : ''}`}
      disabled={item.unless !== undefined}
      aria-keyshortcuts={item.letter}
      onSelect={() => onChoose(item)}
    >
      <item.icon size={15} strokeWidth={1.8} aria-hidden="true" />
      <span className="menu-words">
        {item.label}
        {item.unless && <span className="menu-unless">{item.unless}</span>}
      </span>
      {item.letter && (
        <span className="keys" aria-hidden="true">
          {item.letter.toUpperCase()}
        </span>
      )}
    </Item>
  ));
}

/** Runs the item with this letter. Returns whether there is one. */
export function runLetter(items: readonly MenuItem[], letter: string): boolean {
  const item = items.find((each) => each.letter === letter && each.unless === undefined);
  item?.run();
  return item !== undefined;
}
