import { useRef, useState } from 'react';
import type { MenuItem } from './menu-items.tsx';

/**
 * A menu that runs its chosen item when it closes.
 * @param giveBack gives the focus back: before the item runs, so that a dialog opened by it returns the focus there too
 */
export function useMenuChoice(startsOpen: boolean, giveBack: () => void) {
  const [open, setOpen] = useState(startsOpen);
  const chosen = useRef<MenuItem>(null);
  const hasRun = useRef(false);
  return {
    open,
    /** Closes it without a choice. */
    close: (): void => setOpen(false),
    change(to: boolean): void {
      setOpen(to);
      hasRun.current = false;
      const { current: item } = chosen;
      if (to || item === null) return;
      chosen.current = null;
      hasRun.current = true;
      giveBack();
      item.run();
    },
    choose(item: MenuItem): void {
      chosen.current = item;
    },
    giveFocusBack(event: Event): void {
      event.preventDefault();
      if (!hasRun.current) giveBack();
    },
  };
}
