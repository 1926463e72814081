import { ContextMenu } from 'radix-ui';
import { type ReactElement, useLayoutEffect, useState } from 'react';
import { useMenuChoice } from './menu-choice.ts';
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
  const menu = useMenuChoice(false, onClose);
  const { open, close } = menu;
  // it belongs to a place that moves when the window changes its size
  useLayoutEffect(() => {
    if (!open) return;
    window.addEventListener('resize', close);
    return () => window.removeEventListener('resize', close);
  });
  return (
    <ContextMenu.Root modal={false} open={open} onOpenChange={menu.change}>
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
        <ContextMenu.Content className="menu" collisionPadding={8} onCloseAutoFocus={menu.giveFocusBack}>
          <MenuItems items={shown} Item={ContextMenu.Item} onChoose={menu.choose} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
