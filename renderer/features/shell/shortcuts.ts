import { useEffect } from 'react';
import { known } from '../../stores/snapshots/resource.ts';
import { useStart } from '../../stores/window/start.ts';
import { goTo, isDialogOpen, openOverlay, screens, useView } from '../../stores/window/view.ts';

/** The key that goes with a letter, as the system's people call it. */
export const useModifier = (): string =>
  useStart(({ resource }) => (known(resource)?.platform === 'darwin' ? '⌘' : 'Ctrl'));

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [role="menu"]') !== null;

/** What a key asks of the window, or null when it is none of its business. */
export function shortcutOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
) {
  const { key, altKey } = event;
  const withModifier = (event.ctrlKey || event.metaKey) && !altKey && !event.shiftKey;
  if (withModifier) {
    if (key.toLowerCase() === 'k') return { kind: 'palette' } as const;
    if (key.toLowerCase() === 'p') return { kind: 'switcher' } as const;
    if (key === ',') return { kind: 'screen', screen: 'settings' } as const;
    const screen = /^[1-5]$/.test(key) ? screens[Number(key) - 1] : undefined;
    return screen ? ({ kind: 'screen', screen } as const) : null;
  }
  if (event.ctrlKey || event.metaKey || altKey) return null;
  if (key === '/') return { kind: 'filter' } as const;
  return key === '?' ? ({ kind: 'help' } as const) : null;
}

/** The keys that work everywhere in the window. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const asked = event.defaultPrevented ? null : shortcutOf(event);
      if (!asked) return;
      const over = useView.getState().overlay.kind;
      const plain = asked.kind === 'filter' || asked.kind === 'help';
      if (plain && (over !== 'none' || isTyping(event.target))) return;
      // also when it does nothing here: Electron gives its menu, which has the same keys, what a page leaves
      event.preventDefault();
      if (isDialogOpen(useView.getState())) return;
      if (asked.kind === 'palette') openOverlay({ kind: over === 'palette' ? 'none' : 'palette' });
      if (asked.kind === 'switcher') openOverlay({ kind: over === 'switcher' ? 'none' : 'switcher' });
      if (asked.kind === 'help') openOverlay({ kind: 'shortcuts' });
      if (asked.kind === 'screen') goTo(asked.screen);
      if (asked.kind === 'filter') document.querySelector<HTMLElement>('[data-filter]')?.focus();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
