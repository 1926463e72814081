import type { Problem } from '../../../contract/problem.ts';

/**
 * A value read over the bridge. Once ready it stays, with a later failure in `problem`. A slow read may show the
 * beginning of its value while it loads.
 */
export type Resource<Value> =
  | { state: 'loading'; begun: Value | null }
  | { state: 'failed'; problem: Problem }
  | { state: 'ready'; value: Value; problem: Problem | null };

export const loading = { state: 'loading', begun: null } as const;

export const loaded = <Value>(value: Value): Resource<Value> => ({ state: 'ready', value, problem: null });

export const withProblem = <Value>(before: Resource<Value>, problem: Problem): Resource<Value> =>
  before.state === 'ready' ? { ...before, problem } : { state: 'failed', problem };

/** With its value changed, or the part of it that has loaded. */
export function changed<Value>(resource: Resource<Value>, change: (value: Value) => Value): Resource<Value> {
  if (resource.state === 'ready') return { ...resource, value: change(resource.value) };
  if (resource.state === 'failed' || resource.begun === null) return resource;
  return { ...resource, begun: change(resource.begun) };
}

/** The value, or the part of it that has loaded. Only `known` is complete. */
export const shown = <Value>(resource: Resource<Value>): Value | null =>
  resource.state === 'loading' ? resource.begun : known(resource);

export const known = <Value>(resource: Resource<Value>): Value | null =>
  resource.state === 'ready' ? resource.value : null;
