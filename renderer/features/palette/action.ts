import type { LucideIcon } from 'lucide-react';

export interface Action {
  name: string;
  group: 'Current profile' | 'Actions' | 'Go to';
  icon: LucideIcon;
  keys?: string;
  /** More search words. */
  also?: string;
  run: () => void;
}
