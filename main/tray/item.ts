/** What the tray's menu can ask for. */
export type TrayAction = 'test' | 'copy' | 'copy-export' | 'open' | 'pause' | 'resume' | 'quit';

export type TrayItem =
  | { kind: 'separator' }
  /** A line to read; its colour is a ring's. */
  | { kind: 'text'; label: string; color: string | null }
  | { kind: 'profile'; name: string; label: string; color: string; checked: boolean }
  | { kind: 'action'; action: TrayAction; label: string; enabled: boolean }
  | { kind: 'menu'; label: string; items: TrayItem[] };
