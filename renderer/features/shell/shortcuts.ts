import { useEffect } from 'react';
import { focusActiveRow } from '../../components/layout/pane-focus.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { useStart } from '../../stores/window/start.ts';
import { goTo, isDialogOpen, openOverlay, screens, useView } from '../../stores/window/view.ts';

/** The system's modifier key for shortcuts. */
export const useModifier = (): string =>
  useStart(({ resource }) => (known(resource)?.platform === 'darwin' ? '⌘' : 'Ctrl'));

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [role="menu"]') !== null;

/** The shortcut that a key event triggers, or null. */
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

/** Handles the shortcuts that work in the whole window. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const shortcut = event.defaultPrevented ? null : shortcutOf(event);
      if (!shortcut) return;
      const overlay = useView.getState().overlay.kind;
      const isPlainKey = shortcut.kind === 'filter' || shortcut.kind === 'help';
      if (isPlainKey && (overlay !== 'none' || isTyping(event.target))) return;
      // even if nothing happens here: Electron's menu has the same shortcuts, and acts on unhandled keys
      event.preventDefault();
      if (isDialogOpen(useView.getState())) return;
      if (shortcut.kind === 'palette') openOverlay({ kind: overlay === 'palette' ? 'none' : 'palette' });
      if (shortcut.kind === 'switcher') openOverlay({ kind: overlay === 'switcher' ? 'none' : 'switcher' });
      if (shortcut.kind === 'help') openOverlay({ kind: 'shortcuts' });
      if (shortcut.kind === 'screen') {
        goTo(shortcut.screen);
        focusActiveRow();
      }
      if (shortcut.kind === 'filter') document.querySelector<HTMLElement>('[data-filter]')?.focus();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
