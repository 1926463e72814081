import {
  Activity,
  Archive,
  ChartColumn,
  CircleQuestionMark,
  Globe,
  Keyboard,
  KeyRound,
  LockKeyhole,
  Settings,
  Sparkles,
  SquareTerminal,
  Stethoscope,
  Tag,
  UserRound,
  Users,
} from 'lucide-react';
import { openFalPage } from '../../stores/window/fal-page.ts';
import { goTo, goToSettings, openOverlay, showActivity } from '../../stores/window/view.ts';
import type { Action } from './action.ts';

/** The places to go to. @param modifier the modifier key of shortcuts: Ctrl or ⌘ */
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
      name: 'Spend',
      group,
      icon: ChartColumn,
      also: 'spent usage cost money billing',
      run: () => showActivity('spend'),
    },
    {
      name: 'Settings',
      group,
      icon: Settings,
      keys: `${modifier} 5`,
      also: 'preferences clipboard',
      run: () => goTo('settings'),
    },
    {
      name: 'Vault',
      group,
      icon: LockKeyhole,
      also: 'lock unlock passphrase keychain security settings',
      run: () => goToSettings('vault'),
    },
    {
      name: 'Active key',
      group,
      icon: CircleQuestionMark,
      also: 'which key wins why explain FAL_KEY',
      run: () => goTo('which'),
    },
    {
      name: 'Doctor',
      group,
      icon: Stethoscope,
      also: 'check problems health report network support',
      run: () => goTo('doctor'),
    },
    {
      name: 'Shell integration',
      group,
      icon: SquareTerminal,
      also: 'hook bash zsh fish powershell start-up file settings',
      run: () => goToSettings('shells'),
    },
    {
      name: 'fal CLI sync',
      group,
      icon: SquareTerminal,
      also: 'config.toml settings',
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
      name: 'What’s new',
      group,
      icon: Sparkles,
      also: 'changelog updates version release',
      run: () => openOverlay({ kind: 'whats_new' }),
    },
    {
      name: 'Keyboard shortcuts',
      group,
      icon: Keyboard,
      keys: '?',
      also: 'help',
      run: () => openOverlay({ kind: 'shortcuts' }),
    },
    { name: 'fal dashboard (browser)', group, icon: Globe, run: () => void openFalPage('dashboard') },
    {
      name: 'fal billing (browser)',
      group,
      icon: UserRound,
      also: 'balance top up',
      run: () => void openFalPage('billing'),
    },
    {
      name: 'fal documentation (browser)',
      group,
      icon: Globe,
      also: 'docs',
      run: () => void openFalPage('docs'),
    },
  ];
}
