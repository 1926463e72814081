import { ClipboardPaste, Plus, Scale } from 'lucide-react';
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { KeyView } from '../../../core/model/key-view.ts';
import { isUnreachable } from '../../call-error.ts';
import { Button } from '../../components/forms/button.tsx';
import { Empty, FailedPage, LoadingPage } from '../../components/layout/empty.tsx';
import { ProblemNote } from '../../components/layout/note.tsx';
import { focusActiveRow, usePaneOpener } from '../../components/layout/pane-focus.ts';
import { FilterField, ScreenFrame } from '../../components/layout/screen.tsx';
import { useMarks } from '../../components/lists/marks.ts';
import { SelectionBar } from '../../components/lists/selection-bar.tsx';
import { type RowPlace, VirtualList } from '../../components/lists/virtual-list.tsx';
import { keyName, verdictTitle } from '../../format/words.ts';
import { useIdentities } from '../../stores/accounts.ts';
import type { KeyLocation } from '../../stores/keys/key-rows.ts';
import { refreshKeys, useKeys, useKeysRefresh, useOldAccounts } from '../../stores/keys/keys.ts';
import { testAll } from '../../stores/keys/tests.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { arrangeKeyList, openOverlay, useView } from '../../stores/window/view.ts';
import { TestAllButton, TestAllProgress } from '../profiles/test-all.tsx';
import { filterKeys, isFailingKey, isRevocable } from './filter.ts';
import { keyMenu } from './key-menu.ts';
import { KeyPane } from './key-pane.tsx';
import { KeyRow } from './key-row.tsx';
import { KeyTools } from './key-tools.tsx';
import styles from './keys-screen.module.css';
import { KeysRefreshProblems } from './refresh-problems.tsx';

const createKey = (accountId: string | null): void => openOverlay({ kind: 'create_key', accountId });
const idOf = ({ id }: KeyView): string => id;

/** Whether anyone is signed in. */
const useIsSignedIn = (): boolean =>
  useIdentities(({ resource }) => (known(resource) ?? []).some(({ signedIn }) => signedIn));

export function KeysScreen() {
  const { resource, reload } = useKeys();
  const [query, setQuery] = useState('');
  const [where, setWhere] = useState<KeyLocation | 'anywhere'>('anywhere');
  const accountId = useView(({ keysOf }) => keysOf);
  const arrangement = useView((view) => view.keys);
  const selected = useView(({ key }) => key);
  const opener = usePaneOpener();
  const isSignedIn = useIsSignedIn();

  useEffect(() => {
    if (isSignedIn && useKeysRefresh.getState().refresh.state === 'never') void refreshKeys();
  }, [isSignedIn]);

  const { choose, follow } = opener;
  const open = useCallback(
    (id: string) => {
      choose();
      useView.setState({ key: id });
    },
    [choose],
  );
  const close = (): void => {
    useView.setState({ key: null });
    focusActiveRow();
  };
  const keys = resource.state === 'ready' ? resource.value : [];
  const isThere = keys.some(({ id }) => id === selected);

  return (
    <ScreenFrame
      title="Keys"
      tools={
        <>
          <FilterField label="Filter keys" value={query} onChange={setQuery} />
          <TestAllButton />
          <Button
            className={styles.reconcile}
            icon={Scale}
            onClick={() => openOverlay({ kind: 'reconcile' })}
          >
            Reconcile…
          </Button>
          <Button icon={ClipboardPaste} onClick={() => openOverlay({ kind: 'add_key' })}>
            Add key…
          </Button>
          <Button tone="go" icon={Plus} onClick={() => createKey(accountId)}>
            Create key
          </Button>
        </>
      }
      pane={
        selected !== null &&
        isThere && <KeyPane key={selected} id={selected} focused={opener.byChoice} onClose={close} />
      }
    >
      {resource.state === 'ready' && (
        <KeyTools
          keys={keys}
          accountId={accountId}
          where={where}
          onWhere={setWhere}
          isSignedIn={isSignedIn}
        />
      )}
      <div className="screen-notes">
        <TestAllProgress
          failing={keys.filter(isFailingKey).length}
          onShowFailing={() => {
            setQuery('');
            setWhere('anywhere');
            useView.setState({ keysOf: null });
            arrangeKeyList({ show: 'failing' });
          }}
        />
        <KeysRefreshProblems />
        {resource.state === 'ready' && resource.problem && !isUnreachable(resource.problem) && (
          <ProblemNote problem={resource.problem} />
        )}
      </div>
      {resource.state === 'loading' && <LoadingPage what="keys" />}
      {resource.state === 'failed' && <FailedPage problem={resource.problem} onRetry={() => void reload()} />}
      {resource.state === 'ready' && (
        <KeyList
          keys={keys}
          filter={{ query, accountId, where, arrangement }}
          selected={selected}
          onOpen={open}
          onFollow={(id) => {
            follow();
            useView.setState({ key: id });
          }}
          onClear={() => {
            setQuery('');
            setWhere('anywhere');
            useView.setState({ keysOf: null });
            arrangeKeyList({ show: 'all' });
          }}
        />
      )}
    </ScreenFrame>
  );
}

const noResults = (query: string): string =>
  query.trim() === '' ? 'No matching keys' : `No results for “${query.trim().slice(0, 40)}”`;

interface KeyListProps {
  keys: KeyView[];
  filter: Parameters<typeof filterKeys>[1];
  selected: string | null;
  onOpen: (id: string) => void;
  onFollow: (id: string) => void;
  onClear: () => void;
}

function KeyList({ keys, filter, selected, onOpen, onFollow, onClear }: KeyListProps) {
  const shown = filterKeys(keys, useDeferredValue(filter));
  const ids = useMemo(() => shown.map(idOf), [shown]);
  const marks = useMarks(ids);
  const old = useOldAccounts();
  const isSignedIn = useIsSignedIn();
  if (keys.length === 0) {
    return (
      <Empty
        title="No keys yet"
        actions={
          <>
            {isSignedIn ? (
              <Button tone="go" onClick={() => createKey(null)}>
                Create key
              </Button>
            ) : (
              <Button tone="go" onClick={() => openOverlay({ kind: 'sign_in' })}>
                Sign in
              </Button>
            )}
            <Button onClick={() => openOverlay({ kind: 'add_key' })}>Add existing key…</Button>
          </>
        }
      >
        A key belongs to an account. Its secret goes straight into your vault and stays hidden until you
        reveal it.
      </Empty>
    );
  }
  if (shown.length === 0) {
    return (
      <Empty title={noResults(filter.query)} actions={<Button onClick={onClear}>Show all keys</Button>}>
        Searched aliases, IDs, accounts, scopes and profiles.
      </Empty>
    );
  }
  const chosen = keys.filter(({ id }) => marks.ids.has(id));
  const hereIds = chosen.filter(({ stored }) => stored).map(idOf);
  return (
    <>
      {chosen.length > 0 && (
        <div className="screen-notes">
          <SelectionBar marks={marks} all={ids} what="key">
            <Button disabled={hereIds.length === 0} onClick={() => void testAll(hereIds.length, hereIds)}>
              Test
            </Button>
            <Button
              disabled={hereIds.length === 0}
              onClick={() => openOverlay({ kind: 'forget_keys', ids: hereIds })}
            >
              Forget…
            </Button>
            <Button
              disabled={!chosen.some(isRevocable)}
              onClick={() => openOverlay({ kind: 'revoke_keys', ids: chosen.map(idOf) })}
            >
              Revoke…
            </Button>
          </SelectionBar>
        </div>
      )}
      <VirtualList
        label="Keys"
        items={shown}
        keyOf={idOf}
        height={54}
        selected={selected}
        onActive={({ id }) => selected !== null && onFollow(id)}
        menu={keyMenu}
        rowClass={({ account }) => (account && old.has(account.nickname) ? 'stale' : undefined)}
        labelOf={describeKey}
        marks={marks}
        row={(row: KeyView, place: RowPlace) => <KeyRow row={row} place={place} onOpen={onOpen} />}
      />
    </>
  );
}

/** A row in words, for screen readers. */
function describeKey(row: KeyView): string {
  const { account, scope, stored, verdict, expiresAt } = row;
  const state = !stored ? 'Only at fal' : verdict ? verdictTitle[verdict.kind] : 'Not tested';
  const kind = expiresAt === null ? null : 'Temporary';
  return [keyName(row), kind, account?.nickname, scope, state].filter(Boolean).join(', ');
}
