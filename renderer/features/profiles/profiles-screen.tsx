import { Plus } from 'lucide-react';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { ProfileView } from '../../../core/model/profile.ts';
import { isUnreachable } from '../../call-error.ts';
import { Button } from '../../components/forms/button.tsx';
import { Empty, FailedPage, LoadingPage } from '../../components/layout/empty.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { focusActiveRow, usePaneOpener } from '../../components/layout/pane-focus.ts';
import { FilterField, ScreenFrame } from '../../components/layout/screen.tsx';
import { ListHeading } from '../../components/lists/list-heading.tsx';
import { useMarks } from '../../components/lists/marks.ts';
import { SelectionBar } from '../../components/lists/selection-bar.tsx';
import { type RowPlace, VirtualList } from '../../components/lists/virtual-list.tsx';
import type { MenuItem } from '../../components/overlays/menu-items.tsx';
import { verdictTitle } from '../../format/words.ts';
import { useKeyRows } from '../../stores/keys/keys.ts';
import { testAll } from '../../stores/keys/tests.ts';
import { useProfiles } from '../../stores/profiles.ts';
import { shown } from '../../stores/snapshots/resource.ts';
import { usePlacesByProfile } from '../../stores/where-used.ts';
import { useHome } from '../../stores/window/face.ts';
import { arrangeProfileList, type Overlay, openOverlay, useView } from '../../stores/window/view.ts';
import { useAccountKinds } from './account-kinds.ts';
import { arrangeProfiles, isFailingProfile, type ProfileLine } from './arrange.ts';
import { filterProfiles } from './filter.ts';
import { switchTo } from './profile-actions.ts';
import { profileMenu } from './profile-menu.ts';
import { ProfilePane } from './profile-pane.tsx';
import { ProfileRow } from './profile-row.tsx';
import { ProfileTools } from './profile-tools.tsx';
import { TestAllButton, TestAllProgress } from './test-all.tsx';

const createProfile = (): void => openOverlay({ kind: 'create_profile', keyId: null });
const idOf = ({ id }: ProfileLine): string => id;

export function ProfilesScreen() {
  const { resource, reload } = useProfiles();
  const [filter, setFilter] = useState('');
  const selected = useView(({ profile }) => profile);
  const opener = usePaneOpener();
  const list = shown(resource);
  const failing = list?.profiles.filter(isFailingProfile).length ?? 0;
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
        resource.state !== 'failed' && (
          <>
            <FilterField label="Filter profiles" value={filter} onChange={setFilter} />
            <TestAllButton />
            <Button tone="go" icon={Plus} onClick={createProfile}>
              Create profile
            </Button>
          </>
        )
      }
      pane={
        selected !== null &&
        isThere && <ProfilePane key={selected} name={selected} focused={opener.byChoice} onClose={close} />
      }
    >
      {list !== null && list.total > 1 && <ProfileTools />}
      <div className="screen-notes">
        <TestAllProgress
          failing={failing}
          onShowFailing={() => {
            setFilter('');
            arrangeProfileList({ show: 'failing' });
          }}
        />
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
          recent={list.recent}
          starred={list.starred}
          filter={filter}
          selected={selected}
          onOpen={open}
          onFollow={(name) => {
            opener.follow();
            useView.setState({ profile: name });
          }}
          onClearFilter={() => {
            setFilter('');
            arrangeProfileList({ show: 'all' });
          }}
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
  recent: readonly string[];
  starred: readonly string[];
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
  recent,
  starred: stars,
  filter,
  selected,
  onOpen,
  onFollow,
  onClearFilter,
}: ProfileListProps) {
  const kinds = useAccountKinds();
  const places = usePlacesByProfile();
  const home = useHome();
  const arrangement = useView((view) => view.profiles);
  const starred = useMemo(() => new Set(stars), [stars]);
  const query = useDeferredValue(filter);
  const lines = useMemo(() => {
    const isPlaced = (name: string): boolean => places.has(name);
    return arrangeProfiles(filterProfiles(profiles, query), arrangement, {
      recent,
      current,
      starred,
      isPlaced,
    });
  }, [profiles, query, arrangement, recent, current, starred, places]);
  const ids = useMemo(() => lines.flatMap((line) => (line.kind === 'profile' ? line.id : [])), [lines]);
  const marks = useMarks(ids);

  if (profiles.length === 0) return <NoProfiles />;
  const isFiltered = query.trim() !== '' || arrangement.show !== 'all' || arrangement.grouped;
  if (ids.length === 0 && profiles.length < total) return <LoadingPage what="more profiles" />;
  if (ids.length === 0) {
    return (
      <Empty
        title={
          filter.trim() === '' ? 'No matching profiles' : `No results for “${filter.trim().slice(0, 40)}”`
        }
        actions={
          <Button onClick={onClearFilter}>
            {filter.trim() === '' ? 'Show all profiles' : 'Clear filter'}
          </Button>
        }
      >
        Searched names, accounts, scopes and notes.
      </Empty>
    );
  }
  const menu = (line: ProfileLine): MenuItem[] =>
    line.kind === 'profile'
      ? profileMenu(line.profile, { current: line.id === current, starred: starred.has(line.id) })
      : [];
  const chosen = profiles.filter(({ name }) => marks.ids.has(name));
  const keyIds = [...new Set(chosen.flatMap(({ keyId }) => keyId ?? []))];
  return (
    <>
      {chosen.length > 0 && (
        <div className="screen-notes">
          <SelectionBar marks={marks} all={ids} what="profile">
            <Button disabled={keyIds.length === 0} onClick={() => void testAll(keyIds.length, keyIds)}>
              Test
            </Button>
            <Button disabled={keyIds.length === 0} onClick={() => openOverlay(exportOf(chosen))}>
              Export…
            </Button>
            <Button
              onClick={() => openOverlay({ kind: 'delete_profiles', names: chosen.map(({ name }) => name) })}
            >
              Delete…
            </Button>
          </SelectionBar>
        </div>
      )}
      <VirtualList
        label="Profiles"
        items={lines}
        total={isFiltered ? lines.length : total}
        keyOf={idOf}
        height={arrangement.grouped ? heightOf : rowHeight}
        selected={selected}
        onActive={({ id }) => selected !== null && onFollow(id)}
        menu={menu}
        onUse={({ id }) => void switchTo(id)}
        labelOf={(line) =>
          line.kind === 'profile' ? describeProfile(line.profile, line.id === current) : undefined
        }
        isHeading={isHeading}
        marks={marks}
        row={(line: ProfileLine, place: RowPlace) =>
          line.kind === 'heading' ? (
            <ListHeading name={line.name} count={line.count} />
          ) : (
            <ProfileRow
              profile={line.profile}
              kind={line.profile.account ? kinds.get(line.profile.account.id) : undefined}
              current={line.id === current}
              starred={starred.has(line.id)}
              place={place}
              places={places.get(line.id)}
              home={home}
              onOpen={onOpen}
            />
          )
        }
      />
    </>
  );
}

/** One profile has the usual dialog. */
function exportOf(chosen: readonly ProfileView[]): Overlay {
  const [first, ...more] = chosen.map(({ name }) => name);
  return first !== undefined && more.length === 0
    ? { kind: 'export', name: first, target: null }
    : { kind: 'export_several', names: chosen.map(({ name }) => name) };
}

const rowHeight = 54;
const isHeading = ({ kind }: ProfileLine): boolean => kind === 'heading';
const heightOf = (line: ProfileLine): number => (isHeading(line) ? 34 : rowHeight);

/** A row in words, for screen readers. */
function describeProfile({ name, account, scope, keyId, verdict }: ProfileView, current: boolean): string {
  const state = keyId === null ? 'No key' : verdict ? verdictTitle[verdict.kind] : 'Not tested';
  return [name, current && 'Current', account?.nickname, scope, state].filter(Boolean).join(', ');
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
