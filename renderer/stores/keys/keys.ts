import { useMemo } from 'react';
import { create } from 'zustand';
import type { Output } from '../../../contract/methods.ts';
import type { PartProblem, Problem } from '../../../contract/problem.ts';
import type { KeyView } from '../../../core/model/key-view.ts';
import { call } from '../../bridge.ts';
import { problemOf } from '../../call-error.ts';
import type { Resource } from '../snapshots/resource.ts';
import { createSnapshot } from '../snapshots/snapshot.ts';
import { showToast } from '../window/toasts.ts';
import { mergeRefreshed, mergeStored, withKey, withoutKey } from './key-rows.ts';

/** The state of refreshing keys from fal. */
export type KeysRefresh =
  | { state: 'never' }
  | { state: 'running' }
  | { state: 'done'; at: number; problems: PartProblem[] }
  | { state: 'failed'; problem: Problem };

export const useKeys = createSnapshot<KeyView[]>(async (): Promise<KeyView[]> => {
  const stored = await call('keys.list', null);
  const { resource } = useKeys.getState();
  const { keys, needsRefresh } =
    resource.state === 'ready' ? mergeStored(resource.value, stored) : { keys: stored, needsRefresh: true };
  if (needsRefresh && useKeysRefresh.getState().refresh.state === 'done') void refreshKeys();
  return keys;
});

export const useKeysRefresh = create<{ refresh: KeysRefresh }>(() => ({ refresh: { state: 'never' } }));

let refreshes = 0;

/** Refreshes the keys of all accounts from fal. Does nothing while a refresh is running. */
export async function refreshKeys(): Promise<void> {
  if (useKeysRefresh.getState().refresh.state === 'running') return;
  refreshes += 1;
  const mine = refreshes;
  useKeysRefresh.setState({ refresh: { state: 'running' } });
  try {
    const { keys, problems } = await call('keys.refresh', { accountId: null });
    // it can be faster than what is read here, which it is merged into
    await useKeys.getState().settled();
    if (mine !== refreshes) return;
    const failedAccounts = problems.map(({ about }) => about);
    useKeys.getState().put((before) => mergeRefreshed(before, keys, failedAccounts));
    useKeysRefresh.setState({ refresh: { state: 'done', at: Date.now(), problems } });
  } catch (error) {
    if (mine === refreshes)
      useKeysRefresh.setState({ refresh: { state: 'failed', problem: problemOf(error) } });
  }
}

/** Compares the vault, the index and fal. The list shows what was found. */
export async function reconcileKeys(): Promise<Output<'keys.reconcile'>> {
  const answer = await call('keys.reconcile', null);
  const failedAccounts = answer.problems.map(({ about }) => about);
  const found = answer.keys.map(({ key }) => key);
  useKeys.getState().put((before) => mergeRefreshed(before, found, failedAccounts));
  return answer;
}

/** Discards the refresh state, as when the environment changes. */
export function resetKeysRefresh(): void {
  refreshes += 1;
  useKeysRefresh.setState({ refresh: { state: 'never' } });
}

export const putKey = (key: KeyView): void => useKeys.getState().put((keys) => withKey(keys, key));
export const dropKey = (id: string): void => useKeys.getState().put((keys) => withoutKey(keys, id));

const none: KeyView[] = [];
const rowsOf = (resource: Resource<KeyView[]>): KeyView[] =>
  resource.state === 'ready' ? resource.value : none;

export const useKeyRows = (): KeyView[] => useKeys(({ resource }) => rowsOf(resource));

export const useKey = (id: string | null): KeyView | null =>
  useKeys(({ resource }) => (id === null ? null : (rowsOf(resource).find((key) => key.id === id) ?? null)));

const noAccounts: ReadonlySet<string> = new Set();

/** The accounts whose keys the last refresh couldn't ask for: what is shown of them is old. */
export function useOldAccounts(): ReadonlySet<string> {
  const refresh = useKeysRefresh(({ refresh: now }) => now);
  return useMemo(
    () => (refresh.state === 'done' ? new Set(refresh.problems.map(({ about }) => about)) : noAccounts),
    [refresh],
  );
}

/** Names a key in Varvel; an empty name gives fal's alias back. Warns when its account has another key of that name. */
export async function renameKey({ id, account }: KeyView, name: string): Promise<void> {
  const { alias, namesakes } = await call('keys.rename', { id, name });
  useKeys.getState().put((keys) => keys.map((key) => (key.id === id ? { ...key, alias } : key)));
  if (namesakes.length === 0) return;
  showToast({
    text: `${account?.nickname ?? 'Its account'} has another key named “${alias}”.`,
    hint: 'Tell them apart by their IDs.',
  });
}
