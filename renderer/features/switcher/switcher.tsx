import { Command } from 'cmdk';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { NoRing, Ring } from '../../components/facts/ring.tsx';
import { ScopeTag } from '../../components/facts/scope-tag.tsx';
import { CommandEmpty, CommandSheet } from '../../components/overlays/command.tsx';
import { formatNumber } from '../../format/count.ts';
import { useCurrentName, useProfileRows, useProfiles } from '../../stores/profiles.ts';
import { closeOverlay, openOverlay } from '../../stores/window/view.ts';
import { bestMatches } from '../profiles/filter.ts';
import { switchTo } from '../profiles/profile-actions.ts';

/** How many matches are listed. Typing narrows the rest. */
const maxMatches = 60;

/** Switches profiles: type a few letters, Enter switches. */
export function Switcher() {
  const profiles = useProfileRows();
  const current = useCurrentName();
  const isLoading = useProfiles(({ resource }) => resource.state === 'loading');
  const [query, setQuery] = useState('');
  const shown = bestMatches(profiles, query, maxMatches);

  const choose = (name: string | null): void => {
    closeOverlay();
    void switchTo(name);
  };

  return (
    <CommandSheet
      label="Switch profile"
      what="Profiles"
      placeholder="Switch to a profile"
      query={query}
      onQuery={setQuery}
      onClose={closeOverlay}
      foot={
        profiles.length > maxMatches &&
        shown.length === maxMatches &&
        `Showing ${maxMatches} of ${formatNumber(profiles.length)}. Type to narrow the list.`
      }
    >
      {shown.map(({ name, color, account, scope, keyId }) => (
        <Command.Item key={name} value={name} onSelect={() => choose(name)}>
          <Ring color={color} size={18} current={name === current} />
          <span className="command-name clip">{name}</span>
          <span className="command-aside clip">{account?.nickname}</span>
          {keyId !== null && <ScopeTag scope={scope} />}
          {name === current && <Check size={15} aria-label="Current" />}
        </Command.Item>
      ))}
      {shown.length === 0 && profiles.length > 0 && (
        <CommandEmpty>No results for “{query.slice(0, 40)}”</CommandEmpty>
      )}
      {isLoading && <CommandEmpty>Loading profiles…</CommandEmpty>}
      {profiles.length === 0 && !isLoading && (
        <Command.Item value="new" onSelect={() => openOverlay({ kind: 'create_profile', keyId: null })}>
          <span className="command-name">Create profile…</span>
        </Command.Item>
      )}
      {query === '' && current !== null && (
        <Command.Item value="use none" onSelect={() => choose(null)}>
          <NoRing />
          <span className="command-name command-quiet">Use no profile</span>
        </Command.Item>
      )}
    </CommandSheet>
  );
}
