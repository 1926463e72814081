import {
  Activity,
  Archive,
  ChartColumn,
  CircleQuestionMark,
  Globe,
  Keyboard,
  KeyRound,
  Settings,
  SquareTerminal,
  Tag,
  UserRound,
  Users,
} from 'lucide-react';
import { openFalPage } from '../../stores/window/fal-page.ts';
import { goTo, goToSettings, openOverlay, showActivity } from '../../stores/window/view.ts';
import type { Action } from './action.ts';

/** Where one can go. @param modifier the key that goes with the numbers: Ctrl or ⌘ */
export function places(modifier: string): Action[] {
  const group = 'Go to';
  return [
    { name: 'Profiles', group, icon: Tag, keys: `${modifier} 1`, run: () => goTo('profiles') },
    { name: 'Keys', group, icon: KeyRound, keys: `${modifier} 2`, run: () => goTo('keys') },
    {
      name: 'Accounts',
      group,
      icon: Users,
      keys: `${modifier} 3`,
      also: 'identities balance',
      run: () => goTo('accounts'),
    },
    {
      name: 'Activity',
      group,
      icon: Activity,
      keys: `${modifier} 4`,
      also: 'log',
      run: () => goTo('activity'),
    },
    {
      name: 'What was spent',
      group,
      icon: ChartColumn,
      also: 'spend usage cost money billing',
      run: () => showActivity('spend'),
    },
    {
      name: 'Settings',
      group,
      icon: Settings,
      keys: `${modifier} 5`,
      also: 'theme vault clipboard',
      run: () => goTo('settings'),
    },
    {
      name: 'Which key wins, and why',
      group,
      icon: CircleQuestionMark,
      also: 'explain FAL_KEY chain force',
      run: () => goToSettings('which'),
    },
    {
      name: 'Shells that follow',
      group,
      icon: SquareTerminal,
      also: 'hook bash zsh fish powershell start-up file settings',
      run: () => goToSettings('shells'),
    },
    {
      name: 'fal’s CLI beside Varvel',
      group,
      icon: SquareTerminal,
      also: 'config.toml in step settings',
      run: () => goToSettings('falcli'),
    },
    {
      name: 'Backup',
      group,
      icon: Archive,
      also: 'restore age settings',
      run: () => goToSettings('backup'),
    },
    {
      name: 'Keyboard',
      group,
      icon: Keyboard,
      keys: '?',
      also: 'shortcuts help',
      run: () => openOverlay({ kind: 'shortcuts' }),
    },
    { name: 'fal’s dashboard, in the browser', group, icon: Globe, run: () => void openFalPage('dashboard') },
    {
      name: 'fal’s billing, in the browser',
      group,
      icon: UserRound,
      also: 'balance top up',
      run: () => void openFalPage('billing'),
    },
    {
      name: 'fal’s documentation, in the browser',
      group,
      icon: Globe,
      also: 'docs',
      run: () => void openFalPage('docs'),
    },
  ];
}
