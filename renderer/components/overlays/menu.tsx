import { Ellipsis } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef, useState } from 'react';
import { IconButton } from '../forms/button.tsx';
import { type MenuItem, MenuItems } from './menu-items.tsx';
import './menu.css';

/** The “⋯” menu. It is created when it opens, since a list of thousands has thousands of them. */
export function MoreMenu({
  name,
  items,
  tabIndex,
}: {
  name: string;
  items: () => MenuItem[];
  tabIndex?: number | undefined;
}) {
  const [opened, setOpened] = useState(false);
  if (opened) return <RealMenu name={name} items={items} tabIndex={tabIndex} />;
  return (
    <IconButton
      name={name}
      icon={Ellipsis}
      tabIndex={tabIndex}
      aria-haspopup="menu"
      aria-expanded={false}
      data-more
      onClick={() => setOpened(true)}
    />
  );
}

/** Stays mounted after it has opened, so that the focus can return to its button. */
function RealMenu({
  name,
  items,
  tabIndex,
}: {
  name: string;
  items: () => MenuItem[];
  tabIndex: number | undefined;
}) {
  const chosen = useRef<MenuItem>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const hasRun = useRef(false);
  const [open, setOpen] = useState(true);
  const change = (to: boolean): void => {
    setOpen(to);
    hasRun.current = false;
    const { current: item } = chosen;
    if (to || item === null) return;
    chosen.current = null;
    hasRun.current = true;
    // focus first, so that a dialog opened now returns the focus to the button
    trigger.current?.focus();
    item.run();
  };
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={change}>
      <DropdownMenu.Trigger asChild>
        <IconButton ref={trigger} name={name} icon={Ellipsis} tabIndex={tabIndex} data-more />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={document.getElementById('menus')}>
        <DropdownMenu.Content
          className="menu"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!hasRun.current) trigger.current?.focus();
          }}
        >
          <MenuItems
            items={open ? items() : []}
            Item={DropdownMenu.Item}
            onChoose={(item) => {
              chosen.current = item;
            }}
          />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
