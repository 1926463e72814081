import { Command } from 'cmdk';
import { useState } from 'react';
import { Ring } from '../../components/facts/ring.tsx';
import { ShortcutKeys } from '../../components/forms/button.tsx';
import { CommandEmpty, CommandSheet } from '../../components/overlays/command.tsx';
import { useIdentities } from '../../stores/accounts.ts';
import { useCurrentName, useProfile, useProfileRows } from '../../stores/profiles.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { useTests } from '../../stores/tests.ts';
import { useStart } from '../../stores/window/start.ts';
import { closeOverlay, openProfile } from '../../stores/window/view.ts';
import { bestMatches } from '../profiles/filter.ts';
import { useTestableCount } from '../profiles/test-all.tsx';
import { useModifier } from '../shell/shortcuts.ts';
import type { Action } from './action.ts';
import { actionsFor, matchingActions } from './actions.ts';

const groups = ['Current profile', 'Actions', 'Go to'] as const;

/** The palette: all actions and profiles, by name. */
export function Palette() {
  const [query, setQuery] = useState('');
  const actions = matchingActions(actionsFor(useSituation()), query);
  const profiles = useProfileRows();
  const found = query.trim() === '' ? [] : bestMatches(profiles, query, 8);

  return (
    <CommandSheet
      label="Actions"
      what="Actions"
      placeholder="Search actions and profiles"
      query={query}
      onQuery={setQuery}
      onClose={closeOverlay}
    >
      {groups.map((group) => (
        <ActionGroup key={group} name={group} actions={actions.filter((action) => action.group === group)} />
      ))}
      {found.length > 0 && (
        <Command.Group heading="Profiles">
          {found.map(({ name, color, account }) => (
            <Command.Item key={name} value={`profile ${name}`} onSelect={() => openProfile(name)}>
              <Ring color={color} size={16} />
              <span className="command-name clip">{name}</span>
              <span className="command-aside clip">{account?.nickname}</span>
            </Command.Item>
          ))}
        </Command.Group>
      )}
      {actions.length === 0 && found.length === 0 && (
        <CommandEmpty>No results for “{query.slice(0, 40)}”</CommandEmpty>
      )}
    </CommandSheet>
  );
}

function ActionGroup({ name, actions }: { name: string; actions: Action[] }) {
  if (actions.length === 0) return null;
  return (
    <Command.Group heading={name}>
      {actions.map(({ name: action, icon: Icon, keys, run }) => (
        <Command.Item
          key={action}
          value={action}
          onSelect={() => {
            closeOverlay();
            run();
          }}
        >
          <Icon size={16} strokeWidth={1.7} aria-hidden="true" />
          <span className="command-name clip">{action}</span>
          {keys && <ShortcutKeys>{keys}</ShortcutKeys>}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function useSituation() {
  const start = useStart(({ resource }) => known(resource));
  const identities = useIdentities(({ resource }) => known(resource));
  const current = useProfile(useCurrentName());
  const testing = useTests(({ batch }) => batch.state === 'running');
  return {
    start,
    current,
    identities: identities ?? [],
    testable: useTestableCount(),
    testing,
    modifier: useModifier(),
  };
}
