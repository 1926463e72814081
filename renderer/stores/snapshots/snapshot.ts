import { create } from 'zustand';
import { problemOf } from '../../call-error.ts';
import { arrived, loading, type Resource, refused } from './resource.ts';

export interface Snapshot<Value> {
  resource: Resource<Value>;
  /** Reads again; calls during a read make one more read, not many. */
  reload: () => Promise<void>;
  /** Waits for the read that is under way, if one is. */
  settled: () => Promise<void>;
  /** Puts in what an answer has told already. */
  put: (change: (value: Value) => Value) => void;
  /** Forgets everything and reads anew, as when the environment changes. */
  restart: () => Promise<void>;
}

/** Two reads of one topic begin at least this far apart, in ms: a batch of tests changes a topic hundreds of times. */
const pace = 200;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * A store that holds what one method of the bridge has read.
 * @param read is handed what shows a beginning of the value while nothing is there yet
 */
export function createSnapshot<Value>(read: (begin: (begun: Value) => void) => Promise<Value>) {
  let running: Promise<void> | null = null;
  let again = false;
  let age = 0;
  let lastStart = Number.NEGATIVE_INFINITY;
  return create<Snapshot<Value>>((set, get) => {
    async function readOnce(): Promise<void> {
      const mine = age;
      const wait = lastStart + pace - performance.now();
      if (wait > 0) await pause(wait);
      lastStart = performance.now();
      again = false;
      try {
        const value = await read((begun) => {
          if (mine === age && get().resource.state === 'loading')
            set({ resource: { state: 'loading', begun } });
        });
        if (mine === age) set({ resource: arrived(value) });
      } catch (error) {
        if (mine === age) set({ resource: refused(get().resource, problemOf(error)) });
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
