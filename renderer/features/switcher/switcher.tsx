import { Command } from 'cmdk';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { Ring } from '../../components/facts/ring.tsx';
import { ScopeTag } from '../../components/facts/scope-tag.tsx';
import { Sheet } from '../../components/overlays/dialog.tsx';
import { formatNumber } from '../../format/count.ts';
import { useCurrentName, useProfileRows, useProfiles } from '../../stores/profiles.ts';
import { closeOverlay, openOverlay } from '../../stores/window/view.ts';
import { bestMatches } from '../profiles/filter.ts';
import { switchTo } from '../profiles/profile-actions.ts';
import './command.css';

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
    <Sheet label="Switch profile" onClose={closeOverlay}>
      <Command label="Profiles" shouldFilter={false} loop>
        <Command.Input value={query} onValueChange={setQuery} placeholder="Switch to a profile" />
        <Command.List label="Profiles">
          {shown.map(({ name, color, account, scope, keyId }) => (
            <Command.Item key={name} value={name} onSelect={() => choose(name)}>
              <Ring color={color} size={18} current={name === current} />
              <span className="command-name clip">{name}</span>
              <span className="soft small clip">{account?.nickname}</span>
              {keyId !== null && <ScopeTag scope={scope} />}
              {name === current && <Check size={15} aria-label="Current" />}
            </Command.Item>
          ))}
          {shown.length === 0 && profiles.length > 0 && (
            <p className="command-empty soft">No results for “{query.slice(0, 40)}”</p>
          )}
          {isLoading && <p className="command-empty soft">Loading profiles…</p>}
          {profiles.length === 0 && !isLoading && (
            <Command.Item value="new" onSelect={() => openOverlay({ kind: 'create_profile', keyId: null })}>
              <span className="command-name">Create profile…</span>
            </Command.Item>
          )}
          {query === '' && current !== null && (
            <Command.Item value="use none" onSelect={() => choose(null)}>
              <span className="no-ring" aria-hidden="true" />
              <span className="command-name soft">Use no profile</span>
            </Command.Item>
          )}
        </Command.List>
      </Command>
      {profiles.length > maxMatches && shown.length === maxMatches && (
        <p className="command-foot soft small">
          Showing {maxMatches} of {formatNumber(profiles.length)}. Type to narrow the list.
        </p>
      )}
    </Sheet>
  );
}
