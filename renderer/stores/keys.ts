import { create } from 'zustand';
import type { PartProblem, Problem } from '../../contract/problem.ts';
import type { KeyView } from '../../core/model/key-view.ts';
import { call } from '../bridge.ts';
import { problemOf } from '../call-error.ts';
import { mergeAsked, mergeStored, withKey, withoutKey } from './key-rows.ts';
import type { Resource } from './snapshots/resource.ts';
import { createSnapshot } from './snapshots/snapshot.ts';

/** What fal said when it was asked for its lists of keys. */
export type Asking =
  | { state: 'never' }
  | { state: 'asking' }
  | { state: 'asked'; at: number; problems: PartProblem[] }
  | { state: 'failed'; problem: Problem };

export const useKeys = createSnapshot<KeyView[]>(async () => {
  const stored = await call('keys.list', null);
  const { resource } = useKeys.getState();
  if (resource.state !== 'ready') return stored;
  const { keys, doubtful } = mergeStored(resource.value, stored);
  if (doubtful && useAsking.getState().asking.state === 'asked') void askFal();
  return keys;
});

export const useAsking = create<{ asking: Asking }>(() => ({ asking: { state: 'never' } }));

let asks = 0;

/** Asks fal for the keys of all accounts; several askings at once become one. */
export async function askFal(): Promise<void> {
  if (useAsking.getState().asking.state === 'asking') return;
  asks += 1;
  const mine = asks;
  useAsking.setState({ asking: { state: 'asking' } });
  try {
    const { keys, problems } = await call('keys.refresh', { accountId: null });
    if (mine !== asks) return;
    const unasked = problems.map(({ about }) => about);
    useKeys.getState().put((before) => mergeAsked(before, keys, unasked));
    useAsking.setState({ asking: { state: 'asked', at: Date.now(), problems } });
  } catch (error) {
    if (mine === asks) useAsking.setState({ asking: { state: 'failed', problem: problemOf(error) } });
  }
}

/** As when the environment changes: nothing that fal said counts any more. */
export function forgetAsking(): void {
  asks += 1;
  useAsking.setState({ asking: { state: 'never' } });
}

export const putKey = (key: KeyView): void => useKeys.getState().put((keys) => withKey(keys, key));
export const dropKey = (id: string): void => useKeys.getState().put((keys) => withoutKey(keys, id));

const none: KeyView[] = [];
const rowsOf = (resource: Resource<KeyView[]>): KeyView[] =>
  resource.state === 'ready' ? resource.value : none;

export const useKeyRows = (): KeyView[] => useKeys(({ resource }) => rowsOf(resource));

export const useKey = (id: string | null): KeyView | null =>
  useKeys(({ resource }) => (id === null ? null : (rowsOf(resource).find((key) => key.id === id) ?? null)));
