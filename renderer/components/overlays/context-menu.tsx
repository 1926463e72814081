import { ContextMenu } from 'radix-ui';
import { type ReactElement, useLayoutEffect, useRef, useState } from 'react';
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
  const [open, setOpen] = useState(false);
  const chosen = useRef<MenuItem>(null);
  const hasRun = useRef(false);
  // it belongs to a place that moves when the window changes its size
  useLayoutEffect(() => {
    if (!open) return;
    const close = (): void => setOpen(false);
    window.addEventListener('resize', close);
    return () => window.removeEventListener('resize', close);
  }, [open]);
  const change = (to: boolean): void => {
    setOpen(to);
    hasRun.current = false;
    const { current: item } = chosen;
    if (to || item === null) return;
    chosen.current = null;
    hasRun.current = true;
    // focus first, so that a dialog opened now returns the focus to the row
    onClose();
    item.run();
  };
  return (
    <ContextMenu.Root modal={false} open={open} onOpenChange={change}>
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
            if (!hasRun.current) onClose();
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
