import { create } from 'zustand';
import { problemOf } from '../../call-error.ts';
import { changed, loaded, loading, type Resource, withProblem } from './resource.ts';

type Change<Value> = (value: Value) => Value;

export interface Snapshot<Value> {
  resource: Resource<Value>;
  /** Reads again. Calls during a read cause one more read, not many. */
  reload: () => Promise<void>;
  /** Waits for a running read. */
  settled: () => Promise<void>;
  /** Changes the value, when an answer already contains the change. */
  put: (change: Change<Value>) => void;
  /**
   * Shows a change while its call runs, also over a read that began earlier. Takes it back if the call fails.
   * @param change may be applied more than once
   * @throws what the call throws
   */
  showDuring: (change: Change<Value>, act: () => Promise<unknown>) => Promise<void>;
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
  /** What was read, without the changes in flight. */
  let base: Resource<Value> = loading;
  let inFlight: readonly Change<Value>[] = [];
  return create<Snapshot<Value>>((set, get) => {
    const show = (resource: Resource<Value>): void => {
      base = resource;
      set({ resource: inFlight.reduce(changed, base) });
    };
    const land = (change: Change<Value>): void => {
      inFlight = inFlight.filter((each) => each !== change);
      show(base);
    };
    async function readOnce(): Promise<void> {
      const mine = age;
      const wait = lastStart + minIntervalMs - performance.now();
      if (wait > 0) await pause(wait);
      lastStart = performance.now();
      again = false;
      try {
        const value = await read((begun) => {
          if (mine === age && base.state === 'loading') show({ state: 'loading', begun });
        });
        if (mine === age) show(loaded(value));
      } catch (error) {
        if (mine === age) show(withProblem(base, problemOf(error)));
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
      put: (change) => show(changed(base, change)),
      showDuring: async (change, act) => {
        const mine = age;
        inFlight = [...inFlight, change];
        show(base);
        try {
          await act();
        } catch (error) {
          land(change);
          throw error;
        }
        if (mine !== age) return;
        base = changed(base, change);
        // a read that began before the call ended may not contain it
        void get()
          .reload()
          .then(() => land(change));
      },
      restart: () => {
        age += 1;
        lastStart = Number.NEGATIVE_INFINITY;
        inFlight = [];
        show(loading);
        return get().reload();
      },
    };
  });
}
