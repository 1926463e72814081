import { ContextMenu } from 'radix-ui';
import { type ReactElement, useRef, useState } from 'react';
import { type MenuItem, MenuItems } from './menu-items.tsx';

/**
 * Gives an element a menu at the pointer, on a right click or the menu key.
 * @param items what was clicked decides. Without any nothing opens
 */
export function WithContextMenu({
  items,
  onClose,
  children,
}: {
  items: (target: EventTarget) => MenuItem[];
  /** Called before the chosen item runs, to give the focus back. */
  onClose: () => void;
  children: ReactElement;
}) {
  const [shown, setShown] = useState<MenuItem[]>([]);
  const chosen = useRef<MenuItem>(null);
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger
        asChild
        onContextMenu={(event) => {
          const found = items(event.target);
          setShown(found);
          // Radix leaves a handled event alone
          if (found.length === 0) event.preventDefault();
        }}
      >
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal container={document.getElementById('menus')}>
        <ContextMenu.Content
          className="menu"
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            onClose();
            const { current: item } = chosen;
            chosen.current = null;
            item?.run();
          }}
        >
          <MenuItems
            items={shown}
            Item={ContextMenu.Item}
            onChoose={(item) => {
              chosen.current = item;
            }}
          />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
