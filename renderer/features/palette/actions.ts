import {
  Activity,
  Archive,
  ArchiveRestore,
  ClipboardPaste,
  Copy,
  FileOutput,
  FlaskConical,
  Import,
  KeyRound,
  LogIn,
  LogOut,
  Pin,
  Plus,
  Power,
  RefreshCw,
  Sparkles,
  SquareTerminal,
  Tag,
  Trash2,
} from 'lucide-react';
import type { Start } from '../../../contract/app.ts';
import type { Identity } from '../../../core/model/identity.ts';
import type { ProfileView } from '../../../core/model/profile.ts';
import { call } from '../../bridge.ts';
import { connectionWord, identityName } from '../../format/words.ts';
import { refreshAccounts } from '../../stores/accounts.ts';
import { askFal } from '../../stores/keys.ts';
import { cancelTestAll, testAll } from '../../stores/tests.ts';
import { openOverlay, openProfile } from '../../stores/window/view.ts';
import { copyKey } from '../keys/copy-key.ts';
import { testNow } from '../keys/test-now.ts';
import { switchTo } from '../profiles/profile-actions.ts';
import type { Action } from './action.ts';
import { places } from './places.ts';

export interface Situation {
  start: Start | null;
  current: ProfileView | null;
  identities: Identity[];
  testable: number;
  testing: boolean;
  modifier: string;
}

/** Every action there is now; what can't be done is not in it. */
export function actionsFor(situation: Situation): Action[] {
  return [...ofCurrent(situation), ...doing(situation), ...places(situation.modifier)];
}

function ofCurrent({ current }: Situation): Action[] {
  if (!current) return [];
  const { name, keyId } = current;
  const group = 'Current profile';
  const actions: Action[] = [];
  if (keyId !== null) {
    actions.push(
      { name: `Test ${name}`, group, icon: Activity, also: 'verdict check', run: () => void testNow(keyId) },
      {
        name: `Copy the key of ${name}`,
        group,
        icon: Copy,
        also: 'clipboard',
        run: () => void copyKey(keyId),
      },
      {
        name: `Generate a picture with ${name}…`,
        group,
        icon: Sparkles,
        run: () => openOverlay({ kind: 'generate', keyId }),
      },
      {
        name: `Export ${name}…`,
        group,
        icon: FileOutput,
        also: 'file env dotenv envrc shell line environment write',
        run: () => openOverlay({ kind: 'export', name, target: null }),
      },
    );
  }
  actions.push(
    {
      name: `Pin a folder to ${name}…`,
      group,
      icon: Pin,
      also: 'directory project',
      run: () => openOverlay({ kind: 'pin', name }),
    },
    { name: `Open ${name}`, group, icon: Tag, also: 'edit rename', run: () => openProfile(name) },
    { name: 'Use no profile', group, icon: Tag, also: 'unset none', run: () => void switchTo(null) },
    {
      name: `Delete ${name}…`,
      group,
      icon: Trash2,
      also: 'remove',
      run: () => openOverlay({ kind: 'delete_profile', name }),
    },
  );
  return actions;
}

function doing({ start, identities, testable, testing, modifier }: Situation): Action[] {
  const group = 'Do';
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
      name: 'New profile…',
      group,
      icon: Plus,
      also: 'add create make',
      run: () => openOverlay({ kind: 'new_profile', keyId: null }),
    },
    {
      name: 'Create a key…',
      group,
      icon: KeyRound,
      also: 'new make api admin',
      run: () => openOverlay({ kind: 'create_key', accountId: null }),
    },
    {
      name: 'Add a key you have…',
      group,
      icon: ClipboardPaste,
      also: 'paste import',
      run: () => openOverlay({ kind: 'add_key' }),
    },
    {
      name: 'Import from fal’s CLI…',
      group,
      icon: Import,
      also: 'take over profiles config.toml',
      run: () => openOverlay({ kind: 'falcli_import' }),
    },
    {
      name: 'Let fal’s CLI use the current profile…',
      group,
      icon: SquareTerminal,
      also: 'apply config.toml step',
      run: () => openOverlay({ kind: 'falcli_apply', inStep: null }),
    },
    {
      name: 'Back up keys and profiles…',
      group,
      icon: Archive,
      also: 'save age passphrase',
      run: () => openOverlay({ kind: 'backup' }),
    },
    {
      name: 'Restore a backup…',
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
      name: 'Stop testing',
      group,
      icon: Activity,
      also: 'cancel',
      run: () => void cancelTestAll(),
    });
  } else if (testable > 0) {
    actions.push({ name: 'Test all keys', group, icon: Activity, run: () => void testAll(testable) });
  }
  const signedIn = identities.filter((identity) => identity.signedIn);
  if (signedIn.length > 0) {
    actions.push(
      {
        name: 'Ask fal for the keys',
        group,
        icon: RefreshCw,
        also: 'refresh reload',
        run: () => void askFal(),
      },
      {
        name: 'Ask fal for the accounts',
        group,
        icon: RefreshCw,
        also: 'refresh reload',
        run: () => void refreshAccounts(),
      },
    );
  }
  for (const identity of signedIn) {
    actions.push({
      // one e-mail may be signed in twice, and names must differ
      name: `Sign out ${identityName(identity)}, ${identity.email} by ${connectionWord(identity.connection)}…`,
      group,
      icon: LogOut,
      also: 'logout',
      run: () => openOverlay({ kind: 'sign_out', identityId: identity.id }),
    });
  }
  actions.push({
    name: inSandbox ? 'Go to fal…' : 'Go to the sandbox…',
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
    // what goes wrong with it shows by itself: the window stays, or says that Varvel has gone
    run: () => void call('app.quit', null).catch(() => undefined),
  });
  return actions;
}

/** The actions in which every word occurs. */
export function matchingActions(actions: Action[], query: string): Action[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return actions.filter(({ name, also = '' }) => {
    const text = `${name} ${also}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
