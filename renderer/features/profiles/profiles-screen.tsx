import { Plus } from 'lucide-react';
import { useCallback, useDeferredValue, useState } from 'react';
import type { ProfileView } from '../../../core/model/profile.ts';
import { isUnreachable } from '../../call-error.ts';
import { Button } from '../../components/forms/button.tsx';
import { Empty, FailedPage, LoadingPage } from '../../components/layout/empty.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { focusActiveRow, usePaneOpener } from '../../components/layout/pane-focus.ts';
import { FilterField, ScreenFrame } from '../../components/layout/screen.tsx';
import { type RowPlace, VirtualList } from '../../components/lists/virtual-list.tsx';
import { useKeyRows } from '../../stores/keys.ts';
import { useProfiles } from '../../stores/profiles.ts';
import { shown } from '../../stores/snapshots/resource.ts';
import { usePlacesByProfile } from '../../stores/where-used.ts';
import { useHome } from '../../stores/window/face.ts';
import { openOverlay, useView } from '../../stores/window/view.ts';
import { copyKey } from '../keys/copy-key.ts';
import { testNow } from '../keys/test-now.ts';
import { useAccountKinds } from './account-kinds.ts';
import { filterProfiles } from './filter.ts';
import { switchTo } from './profile-actions.ts';
import { ProfilePane } from './profile-pane.tsx';
import { ProfileRow } from './profile-row.tsx';
import { TestAllButton, TestAllProgress } from './test-all.tsx';

const createProfile = (): void => openOverlay({ kind: 'create_profile', keyId: null });
const nameOf = ({ name }: ProfileView): string => name;

export function ProfilesScreen() {
  const { resource, reload } = useProfiles();
  const [filter, setFilter] = useState('');
  const selected = useView(({ profile }) => profile);
  const opener = usePaneOpener();
  const list = shown(resource);
  const isThere = list?.profiles.some(({ name }) => name === selected);

  const { choose } = opener;
  const open = useCallback(
    (name: string) => {
      choose();
      useView.setState({ profile: name });
    },
    [choose],
  );
  const close = (): void => {
    useView.setState({ profile: null });
    focusActiveRow();
  };

  return (
    <ScreenFrame
      title="Profiles"
      tools={
        <>
          <FilterField label="Filter profiles" value={filter} onChange={setFilter} />
          <TestAllButton />
          <Button tone="go" icon={Plus} onClick={createProfile}>
            Create profile
          </Button>
        </>
      }
      pane={
        selected !== null &&
        isThere && <ProfilePane key={selected} name={selected} focused={opener.byChoice} onClose={close} />
      }
    >
      <div className="screen-notes">
        <TestAllProgress />
        {resource.state === 'ready' && resource.problem && !isUnreachable(resource.problem) && (
          <ProblemNote
            problem={resource.problem}
            actions={<Button onClick={() => void reload()}>Try again</Button>}
          />
        )}
      </div>
      {resource.state === 'loading' && list === null && <LoadingPage what="profiles" />}
      {resource.state === 'failed' && <FailedPage problem={resource.problem} onRetry={() => void reload()} />}
      {list !== null && (
        <ProfileList
          profiles={list.profiles}
          total={list.total}
          current={list.current}
          filter={filter}
          selected={selected}
          onOpen={open}
          onFollow={(name) => {
            opener.follow();
            useView.setState({ profile: name });
          }}
          onClearFilter={() => setFilter('')}
        />
      )}
    </ScreenFrame>
  );
}

interface ProfileListProps {
  profiles: ProfileView[];
  /** The full count, while more profiles load. */
  total: number;
  current: string | null;
  filter: string;
  selected: string | null;
  onOpen: (name: string) => void;
  onFollow: (name: string) => void;
  onClearFilter: () => void;
}

function ProfileList({
  profiles,
  total,
  current,
  filter,
  selected,
  onOpen,
  onFollow,
  onClearFilter,
}: ProfileListProps) {
  const kinds = useAccountKinds();
  const places = usePlacesByProfile();
  const home = useHome();
  const matching = filterProfiles(profiles, useDeferredValue(filter));

  if (profiles.length === 0) return <NoProfiles />;
  const isFiltered = matching !== profiles;
  if (matching.length === 0 && profiles.length < total) return <LoadingPage what="more profiles" />;
  if (matching.length === 0) {
    return (
      <Empty
        title={`No results for “${filter.trim().slice(0, 40)}”`}
        actions={<Button onClick={onClearFilter}>Clear filter</Button>}
      >
        Searched names, accounts, scopes and notes.
      </Empty>
    );
  }
  const letters = (letter: string, { name, keyId }: ProfileView): void => {
    if (letter === 'u') void switchTo(name);
    if (letter === 't' && keyId !== null) void testNow(keyId);
    if (letter === 'c' && keyId !== null) void copyKey(keyId);
    if (letter === 'e' && keyId !== null) openOverlay({ kind: 'export', name, target: null });
  };
  return (
    <VirtualList
      label="Profiles"
      items={matching}
      total={isFiltered ? matching.length : total}
      keyOf={nameOf}
      height={54}
      selected={selected}
      onActive={({ name }) => selected !== null && onFollow(name)}
      onLetter={letters}
      row={(profile: ProfileView, place: RowPlace) => (
        <ProfileRow
          profile={profile}
          kind={profile.account ? kinds.get(profile.account.id) : undefined}
          current={profile.name === current}
          place={place}
          places={places.get(profile.name)}
          home={home}
          onOpen={onOpen}
        />
      )}
    />
  );
}

function NoProfiles() {
  const keys = useKeyRows().length;
  return (
    <Empty
      title="No profiles yet"
      actions={
        <>
          <Button tone="go" onClick={createProfile}>
            Create profile
          </Button>
          {keys === 0 && (
            <Button onClick={() => openOverlay({ kind: 'create_key', accountId: null })}>Create key</Button>
          )}
        </>
      }
    >
      A profile names an account, one of its keys and a colour. Shells and tools follow the current profile.
    </Empty>
  );
}
