import type { Problem } from '../../../contract/problem.ts';

/**
 * Something read over the bridge. Once ready it stays: a later failure stands beside what was known. What takes long
 * may show its beginning while the rest is read.
 */
export type Resource<Value> =
  | { state: 'loading'; begun: Value | null }
  | { state: 'failed'; problem: Problem }
  | { state: 'ready'; value: Value; problem: Problem | null };

export const loading = { state: 'loading', begun: null } as const;

export const arrived = <Value>(value: Value): Resource<Value> => ({ state: 'ready', value, problem: null });

export const refused = <Value>(before: Resource<Value>, problem: Problem): Resource<Value> =>
  before.state === 'ready' ? { ...before, problem } : { state: 'failed', problem };

/** What can be shown already; only what is `known` is whole. */
export const shown = <Value>(resource: Resource<Value>): Value | null =>
  resource.state === 'loading' ? resource.begun : known(resource);

export const known = <Value>(resource: Resource<Value>): Value | null =>
  resource.state === 'ready' ? resource.value : null;
