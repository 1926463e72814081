import { create } from 'zustand';
import { problemOf } from '../../call-error.ts';
import { loaded, loading, type Resource, withProblem } from './resource.ts';

export interface Snapshot<Value> {
  resource: Resource<Value>;
  /** Reads again. Calls during a read cause one more read, not many. */
  reload: () => Promise<void>;
  /** Waits for a running read. */
  settled: () => Promise<void>;
  /** Changes the value, when an answer already contains the change. */
  put: (change: (value: Value) => Value) => void;
  /** Discards the value and reads again, as when the environment changes. */
  restart: () => Promise<void>;
}

/** Minimum time between two reads, in ms: testing all keys changes a topic hundreds of times. */
const minIntervalMs = 200;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * A store for the value that one method of the bridge returns.
 * @param read receives a function that shows the beginning of the value while it loads
 */
export function createSnapshot<Value>(read: (begin: (begun: Value) => void) => Promise<Value>) {
  let running: Promise<void> | null = null;
  let again = false;
  let age = 0;
  let lastStart = Number.NEGATIVE_INFINITY;
  return create<Snapshot<Value>>((set, get) => {
    async function readOnce(): Promise<void> {
      const mine = age;
      const wait = lastStart + minIntervalMs - performance.now();
      if (wait > 0) await pause(wait);
      lastStart = performance.now();
      again = false;
      try {
        const value = await read((begun) => {
          if (mine === age && get().resource.state === 'loading')
            set({ resource: { state: 'loading', begun } });
        });
        if (mine === age) set({ resource: loaded(value) });
      } catch (error) {
        if (mine === age) set({ resource: withProblem(get().resource, problemOf(error)) });
      }
    }
    async function readWhileAsked(): Promise<void> {
      do await readOnce();
      while (again);
      running = null;
    }
    return {
      resource: loading,
      reload: () => {
        if (running) again = true;
        else running = readWhileAsked();
        return running;
      },
      settled: () => running ?? Promise.resolve(),
      put: (change) => {
        const { resource } = get();
        if (resource.state === 'ready') set({ resource: { ...resource, value: change(resource.value) } });
        else if (resource.state === 'loading' && resource.begun !== null)
          set({ resource: { ...resource, begun: change(resource.begun) } });
      },
      restart: () => {
        age += 1;
        lastStart = Number.NEGATIVE_INFINITY;
        set({ resource: loading });
        return get().reload();
      },
    };
  });
}
