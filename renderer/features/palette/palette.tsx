import { Command } from 'cmdk';
import { useState } from 'react';
import { Ring } from '../../components/facts/ring.tsx';
import { ShortcutKeys } from '../../components/forms/button.tsx';
import { CommandEmpty, CommandSheet } from '../../components/overlays/command.tsx';
import { bestMatches } from '../../components/overlays/match.ts';
import { distinctAccounts, useIdentities } from '../../stores/accounts.ts';
import { useKeyRows } from '../../stores/keys/keys.ts';
import { useTests } from '../../stores/keys/tests.ts';
import { useCurrentName, useProfile, useProfileRows } from '../../stores/profiles.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { useVault } from '../../stores/vault.ts';
import { useStart } from '../../stores/window/start.ts';
import { closeOverlay } from '../../stores/window/view.ts';
import { useAccountRows } from '../profiles/account-kinds.ts';
import { useTestableCount } from '../profiles/test-all.tsx';
import { useModifier } from '../shell/shortcuts.ts';
import type { Action, FoundAction } from './action.ts';
import { actionsFor } from './actions.ts';
import { foundActions, type Subjects } from './found-actions.ts';

const groups = ['Current profile', 'Actions', 'Go to'] as const;

/** How many actions a search lists. */
const maxMatches = 24;

/** The palette: every action by group. A search also finds profiles, keys and accounts, the best match first. */
export function Palette() {
  const [query, setQuery] = useState('');
  const actions = actionsFor(useSituation());
  const subjects = useSubjects();
  const isSearch = query.trim() !== '';
  const found = isSearch
    ? bestMatches([...actions, ...foundActions(subjects, query)], query, (action) => action, maxMatches)
    : [];

  return (
    <CommandSheet
      label="Actions"
      what="Actions"
      placeholder="Search actions, profiles, keys and accounts"
      query={query}
      onQuery={setQuery}
      onClose={closeOverlay}
    >
      {!isSearch &&
        groups.map((group) => (
          <Command.Group key={group} heading={group}>
            {actions
              .filter((action) => action.group === group)
              .map((action) => (
                <ActionItem key={action.name} action={action} />
              ))}
          </Command.Group>
        ))}
      {found.map((action) => (
        <ActionItem key={'id' in action ? action.id : action.name} action={action} />
      ))}
      {isSearch && found.length === 0 && <CommandEmpty>No results for “{query.slice(0, 40)}”</CommandEmpty>}
    </CommandSheet>
  );
}

function ActionItem({ action }: { action: Action | FoundAction }) {
  const { name, icon: Icon, keys, run } = action;
  const found = 'id' in action ? action : null;
  return (
    <Command.Item
      value={found?.id ?? name}
      onSelect={() => {
        closeOverlay();
        run();
      }}
    >
      {found?.color === undefined ? (
        <Icon size={16} strokeWidth={1.7} aria-hidden="true" />
      ) : (
        <Ring color={found.color} size={16} />
      )}
      <span className="command-name clip">{name}</span>
      {found?.aside && <span className="command-aside clip">{found.aside}</span>}
      {keys && <ShortcutKeys>{keys}</ShortcutKeys>}
    </Command.Item>
  );
}

function useSubjects(): Subjects {
  const profiles = useProfileRows();
  const keys = useKeyRows();
  const accounts = distinctAccounts(useAccountRows());
  return { profiles, keys, accounts, current: useCurrentName() };
}

function useSituation() {
  const start = useStart(({ resource }) => known(resource));
  const identities = useIdentities(({ resource }) => known(resource));
  const current = useProfile(useCurrentName());
  const vault = useVault(({ resource }) => known(resource));
  const testing = useTests(({ batch }) => batch.state === 'running');
  return {
    start,
    current,
    identities: identities ?? [],
    testable: useTestableCount(),
    testing,
    lockable: vault?.kind === 'file' && vault.problem === null,
    modifier: useModifier(),
  };
}
