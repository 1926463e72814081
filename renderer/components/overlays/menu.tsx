import { Ellipsis } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef, useState } from 'react';
import { IconButton } from '../forms/button.tsx';
import { useMenuChoice } from './menu-choice.ts';
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
  const trigger = useRef<HTMLButtonElement>(null);
  const { open, change, choose, giveFocusBack } = useMenuChoice(true, () => trigger.current?.focus());
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
          onCloseAutoFocus={giveFocusBack}
        >
          <MenuItems items={open ? items() : []} Item={DropdownMenu.Item} onChoose={choose} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
