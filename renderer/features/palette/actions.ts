import {
  Activity,
  Archive,
  ArchiveRestore,
  ClipboardPaste,
  FileSearch,
  FlaskConical,
  Import,
  KeyRound,
  LockKeyhole,
  LogIn,
  LogOut,
  Moon,
  Plus,
  Power,
  RefreshCw,
  Scale,
  SquareTerminal,
  Sun,
  SunMoon,
  Tag,
} from 'lucide-react';
import type { Start } from '../../../contract/methods/app.ts';
import type { Identity } from '../../../core/model/fal/identity.ts';
import { connectionName } from '../../../core/model/fal/identity.ts';
import type { ProfileView } from '../../../core/model/profile.ts';
import { call } from '../../bridge.ts';
import { problemOf } from '../../call-error.ts';
import { identityName } from '../../format/words.ts';
import { refreshAccounts } from '../../stores/accounts.ts';
import { refreshKeys } from '../../stores/keys/keys.ts';
import { cancelTestAll, testAll } from '../../stores/keys/tests.ts';
import { changeSettings } from '../../stores/settings.ts';
import { lockVault } from '../../stores/vault.ts';
import { showProblem, showToast } from '../../stores/window/toasts.ts';
import { openOverlay } from '../../stores/window/view.ts';
import type { Action } from './action.ts';
import { currentProfileActions } from './current-profile-actions.ts';
import { places } from './places.ts';

export interface Situation {
  start: Start | null;
  current: ProfileView | null;
  identities: Identity[];
  testable: number;
  testing: boolean;
  /** A passphrase vault that is unlocked. */
  lockable: boolean;
  modifier: string;
}

/** Every action available now. */
export function actionsFor(situation: Situation): Action[] {
  return [
    ...(situation.current ? currentProfileActions(situation.current) : []),
    ...globalActions(situation),
    ...themeActions,
    ...places(situation.modifier),
  ];
}

const themes = [
  { theme: 'light', name: 'Light theme', icon: Sun },
  { theme: 'dark', name: 'Dark theme', icon: Moon },
  { theme: 'system', name: 'Match the system’s theme', icon: SunMoon },
] as const;
const themeActions = themes.map(
  ({ theme, name, icon }): Action => ({
    name,
    group: 'Actions',
    icon,
    also: 'appearance colours mode look',
    run: () => void changeSettings({ theme }).catch((error: unknown) => showProblem(problemOf(error))),
  }),
);

function globalActions({ start, identities, testable, testing, lockable, modifier }: Situation): Action[] {
  const group = 'Actions';
  const inSandbox = start?.environment.name === 'sandbox';
  const actions: Action[] = [
    {
      name: 'Switch profile…',
      group,
      icon: Tag,
      keys: `${modifier} P`,
      also: 'use change',
      run: () => openOverlay({ kind: 'switcher' }),
    },
    {
      name: 'Create profile…',
      group,
      icon: Plus,
      also: 'add new make',
      run: () => openOverlay({ kind: 'create_profile', keyId: null }),
    },
    {
      name: 'Create key…',
      group,
      icon: KeyRound,
      also: 'new make api admin',
      run: () => openOverlay({ kind: 'create_key', accountId: null }),
    },
    {
      name: 'Add existing key…',
      group,
      icon: ClipboardPaste,
      also: 'paste import',
      run: () => openOverlay({ kind: 'add_key' }),
    },
    {
      name: 'Find copies of keys…',
      group,
      icon: FileSearch,
      also: 'search leak scan git history scrub secret',
      run: () => openOverlay({ kind: 'find_copies', keyId: null }),
    },
    {
      name: 'Import from the fal CLI…',
      group,
      icon: Import,
      also: 'profiles config.toml',
      run: () => openOverlay({ kind: 'falcli_import' }),
    },
    {
      name: 'Apply current profile to the fal CLI…',
      group,
      icon: SquareTerminal,
      also: 'config.toml sync use',
      run: () => openOverlay({ kind: 'falcli_apply', inStep: null }),
    },
    {
      name: 'Create backup…',
      group,
      icon: Archive,
      also: 'back up save age passphrase',
      run: () => openOverlay({ kind: 'backup' }),
    },
    {
      name: 'Restore backup…',
      group,
      icon: ArchiveRestore,
      also: 'age passphrase',
      run: () => openOverlay({ kind: 'restore' }),
    },
    {
      name: 'Sign in…',
      group,
      icon: LogIn,
      also: 'login github google sso',
      run: () => openOverlay({ kind: 'sign_in' }),
    },
  ];
  if (testing) {
    actions.push({
      name: 'Cancel test',
      group,
      icon: Activity,
      also: 'stop testing',
      run: () => void cancelTestAll(),
    });
  } else if (testable > 0) {
    actions.push({ name: 'Test all keys', group, icon: Activity, run: () => void testAll(testable) });
  }
  if (lockable) {
    actions.push({
      name: 'Lock vault now',
      group,
      icon: LockKeyhole,
      also: 'passphrase security',
      run: () => void lockNow(),
    });
  }
  actions.push({
    name: 'Reconcile keys…',
    group,
    icon: Scale,
    also: 'compare tidy orphan missing lost',
    run: () => openOverlay({ kind: 'reconcile' }),
  });
  const signedIn = identities.filter((identity) => identity.signedIn);
  if (signedIn.length > 0) {
    actions.push(
      {
        name: 'Refresh keys',
        group,
        icon: RefreshCw,
        also: 'update reload',
        run: () => void refreshKeys(),
      },
      {
        name: 'Refresh accounts',
        group,
        icon: RefreshCw,
        also: 'update reload',
        run: () => void refreshAccounts(),
      },
    );
  }
  for (const identity of signedIn) {
    actions.push({
      // names must differ, and the same email may be signed in twice
      name: `Sign out ${identityName(identity)} (${identity.email}, ${connectionName(identity.connection)})…`,
      group,
      icon: LogOut,
      also: 'logout',
      run: () => openOverlay({ kind: 'sign_out', identityId: identity.id }),
    });
  }
  actions.push({
    name: inSandbox ? 'Switch to fal…' : 'Switch to sandbox…',
    group,
    icon: FlaskConical,
    also: 'environment',
    run: () => openOverlay({ kind: 'environment', name: inSandbox ? 'fal' : 'sandbox' }),
  });
  actions.push({
    name: 'Quit Varvel',
    group,
    icon: Power,
    also: 'exit end stop close',
    // a failure shows by itself: the window stays, or says that Varvel has stopped
    run: () => void call('app.quit', null).catch(() => undefined),
  });
  return actions;
}

async function lockNow(): Promise<void> {
  try {
    await lockVault();
    showToast({ text: 'Vault locked.' });
  } catch (error) {
    showProblem(problemOf(error));
  }
}
