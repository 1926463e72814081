import type { LucideIcon } from 'lucide-react';

export interface Action {
  /** Also what it is found by. */
  name: string;
  group: 'Current profile' | 'Do' | 'Go to';
  icon: LucideIcon;
  keys?: string;
  /** Other words people may type for it. */
  also?: string;
  run: () => void;
}
