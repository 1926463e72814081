import { printable } from '../../core/model/printable.ts';

/** What a tray menu item can do, besides switching. */
export type TrayAction = 'test' | 'copy' | 'copy-export' | 'open' | 'pause' | 'resume' | 'quit';

export type TrayItem =
  | { kind: 'separator' }
  /** A disabled line, with a ring in `color` before it. */
  | { kind: 'text'; label: string; color: string | null }
  | { kind: 'profile'; name: string; label: string; color: string; checked: boolean }
  /** Ends a temporary key. */
  | { kind: 'end'; id: string; name: string; label: string }
  | { kind: 'action'; action: TrayAction; label: string; enabled: boolean }
  | { kind: 'menu'; label: string; items: TrayItem[] };

/** A label as a menu shows it: clean, and with & escaped, which would underline the next letter. */
export const menuLabel = (label: string): string => printable(label).replaceAll('&', '&&');
