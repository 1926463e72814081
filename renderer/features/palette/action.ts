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

/** An action on one profile, key or account, which only a search shows. */
export interface FoundAction extends Omit<Action, 'group'> {
  /** Its subject and verb, since names may be equal. */
  id: string;
  /** What else tells subjects apart. */
  aside: string;
  /** The colour of a profile's ring, instead of the icon. */
  color?: string;
}
