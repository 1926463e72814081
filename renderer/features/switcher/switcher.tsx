import { Command } from 'cmdk';
import { Check, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { checkProfileName } from '../../../core/model/profile.ts';
import { NoRing, Ring } from '../../components/facts/ring.tsx';
import { ScopeTag } from '../../components/facts/scope-tag.tsx';
import { VerdictLine } from '../../components/facts/verdict.tsx';
import { CommandEmpty, CommandSheet } from '../../components/overlays/command.tsx';
import { bestMatches } from '../../components/overlays/match.ts';
import { formatNumber } from '../../format/count.ts';
import { byRecency, useCurrentName, useProfileRows, useProfiles } from '../../stores/profiles.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { closeOverlay, openOverlay } from '../../stores/window/view.ts';
import { searchableProfile } from '../profiles/filter.ts';
import { switchTo } from '../profiles/profile-actions.ts';
import { validationError } from '../profiles/validate.ts';
import styles from './switcher.module.css';

/** How many matches are listed. Typing narrows the rest. */
const maxMatches = 60;

/** Switches profiles: type a few letters, Enter switches. */
export function Switcher() {
  const profiles = useProfileRows();
  const current = useCurrentName();
  const isLoading = useProfiles(({ resource }) => resource.state === 'loading');
  const [query, setQuery] = useState('');
  const list = useProfiles(({ resource }) => known(resource));
  const ordered = useMemo(() => (list ? byRecency(list) : []), [list]);
  const shown = bestMatches(ordered, query, searchableProfile, maxMatches);
  const [before] = ordered.filter(({ name }) => name !== current);
  const wanted = query.trim();
  const canCreate =
    !isLoading &&
    !profiles.some(({ name }) => name === wanted) &&
    validationError(checkProfileName, wanted) === '';

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
      first={before?.name ?? ''}
      foot={
        profiles.length > maxMatches &&
        shown.length === maxMatches &&
        `Showing ${maxMatches} of ${formatNumber(profiles.length)}. Type to narrow the list.`
      }
    >
      {shown.map(({ name, color, account, scope, keyId, verdict }) => (
        <Command.Item key={name} value={name} onSelect={() => choose(name)}>
          <Ring color={color} size={18} current={name === current} />
          <span className="command-name clip">{name}</span>
          <span className="command-aside clip">{account?.nickname}</span>
          {keyId !== null && <ScopeTag scope={scope} />}
          <span className={`small ${styles.verdict}`}>
            <VerdictLine keyId={keyId} verdict={verdict} />
          </span>
          <span className={styles.check}>{name === current && <Check size={15} aria-label="Current" />}</span>
        </Command.Item>
      ))}
      {shown.length === 0 && profiles.length > 0 && (
        <CommandEmpty>No results for “{query.slice(0, 40)}”</CommandEmpty>
      )}
      {isLoading && <CommandEmpty>Loading profiles…</CommandEmpty>}
      {canCreate && (
        <Command.Item
          value={`create ${wanted}`}
          onSelect={() => openOverlay({ kind: 'create_profile', keyId: null, name: wanted })}
        >
          <Plus size={16} strokeWidth={1.9} aria-hidden="true" />
          <span className="command-name clip">Create profile “{wanted}”…</span>
        </Command.Item>
      )}
      {profiles.length === 0 && query === '' && !isLoading && (
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
