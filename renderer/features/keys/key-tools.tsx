import { FileSearch, RefreshCw } from 'lucide-react';
import { useMemo } from 'react';
import type { KeyView } from '../../../core/model/key-view.ts';
import { useNow } from '../../components/facts/clock.ts';
import { Button } from '../../components/forms/button.tsx';
import { ListAside, ListTools, ToolSelect } from '../../components/lists/list-tools.tsx';
import { ageAgo } from '../../format/age.ts';
import type { KeyLocation } from '../../stores/keys/key-rows.ts';
import { refreshKeys, useKeysRefresh } from '../../stores/keys/keys.ts';
import { arrangeKeyList, type KeyArrangement, openOverlay, useView } from '../../stores/window/view.ts';
import { useAccountRows } from '../profiles/account-kinds.ts';
import { accountsOfKeys } from './filter.ts';

interface KeyToolsProps {
  keys: KeyView[];
  accountId: string | null;
  where: KeyLocation | 'anywhere';
  onWhere: (where: KeyLocation | 'anywhere') => void;
  isSignedIn: boolean;
}

const places: { value: KeyLocation | 'anywhere'; word: string }[] = [
  { value: 'anywhere', word: 'Any location' },
  { value: 'both', word: 'Here and at fal' },
  { value: 'only_fal', word: 'Only at fal' },
  { value: 'only_here', word: 'Only here' },
  { value: 'unchecked', word: 'Not checked with fal' },
];

const shows: { value: KeyArrangement['show']; word: string }[] = [
  { value: 'all', word: 'All keys' },
  { value: 'failing', word: 'Failing' },
  { value: 'ADMIN', word: 'ADMIN' },
  { value: 'unused', word: 'Unused' },
  { value: 'due', word: 'Overdue' },
  { value: 'temporary', word: 'Temporary' },
];

const sorts: { value: KeyArrangement['sort']; word: string }[] = [
  { value: 'account', word: 'By account' },
  { value: 'name', word: 'By name' },
  { value: 'newest', word: 'Newest first' },
  { value: 'failing', word: 'Failing first' },
  { value: 'due', word: 'Due first' },
];

/** How the list of keys is filtered and sorted, and when it was refreshed. */
export function KeyTools({ keys, accountId, where, onWhere, isSignedIn }: KeyToolsProps) {
  const reached = useAccountRows();
  const { show, sort } = useView((view) => view.keys);
  const accounts = useMemo(() => {
    const ofKeys = accountsOfKeys(keys);
    const known = new Set(ofKeys.map(({ id }) => id));
    const others = reached.filter(({ id }) => !known.has(id) && known.add(id));
    return [...ofKeys, ...others].sort((a, b) => a.nickname.localeCompare(b.nickname));
  }, [keys, reached]);
  return (
    <ListTools>
      <ToolSelect
        label="Account"
        choices={[
          { value: null, word: 'All accounts' },
          ...accounts.map(({ id, nickname }) => ({ value: id, word: nickname })),
        ]}
        value={accountId}
        onChange={(keysOf) => useView.setState({ keysOf })}
      />
      <ToolSelect label="Location" choices={places} value={where} onChange={onWhere} />
      <ToolSelect label="Show" choices={shows} value={show} onChange={(to) => arrangeKeyList({ show: to })} />
      <ToolSelect label="Sort" choices={sorts} value={sort} onChange={(to) => arrangeKeyList({ sort: to })} />
      <Button icon={FileSearch} onClick={() => openOverlay({ kind: 'find_copies', keyId: null })}>
        Find copies…
      </Button>
      <RefreshState isSignedIn={isSignedIn} />
    </ListTools>
  );
}

function RefreshState({ isSignedIn }: { isSignedIn: boolean }) {
  const { refresh } = useKeysRefresh();
  const now = useNow();
  return (
    <ListAside>
      <span role="status">
        {refresh.state === 'running' && 'Refreshing…'}
        {refresh.state === 'done' && `Updated ${ageAgo(refresh.at, now)}`}
        {!isSignedIn && 'Sign in to see keys at fal'}
      </span>
      <Button
        icon={RefreshCw}
        busy={refresh.state === 'running'}
        disabled={!isSignedIn || refresh.state === 'running'}
        onClick={() => void refreshKeys()}
      >
        Refresh keys
      </Button>
    </ListAside>
  );
}
