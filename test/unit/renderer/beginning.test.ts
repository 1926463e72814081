import { describe, expect, it } from 'vitest';
import { known, shown } from '../../../renderer/stores/snapshots/resource.ts';
import { createSnapshot } from '../../../renderer/stores/snapshots/snapshot.ts';

/** A list that is read in two steps, each when the test says so. */
function slowList(all: string[]) {
  const steps: (() => void)[] = [];
  const turn = () => new Promise<void>((resolve) => steps.push(resolve));
  const store = createSnapshot<string[]>(async (begin) => {
    const now = [...all];
    await turn();
    begin(now.slice(0, 1));
    await turn();
    return now;
  });
  return {
    store,
    /** Lets the next step happen, once it is waited for. */
    async next() {
      await expect.poll(() => steps.length).toBeGreaterThan(0);
      steps.shift()?.();
      await new Promise((resolve) => setTimeout(resolve));
    },
    shown: () => shown(store.getState().resource),
    known: () => known(store.getState().resource),
  };
}

describe('what takes long to read', () => {
  it('shows its beginning, and counts as known when it is whole', async () => {
    const { store, next, ...list } = slowList(['a', 'b']);
    const read = store.getState().reload();
    expect(list.shown()).toBeNull();
    await next();
    expect([list.shown(), list.known()]).toEqual([['a'], null]);
    await next();
    await read;
    expect([list.shown(), list.known()]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('is read again when it changes meanwhile: what was made does not vanish', async () => {
    const all = ['a', 'b'];
    const { store, next, known: whole } = slowList(all);
    const read = store.getState().reload();
    await next();
    all.push('c');
    void store.getState().reload();
    await next();
    await next();
    expect(whole()).toEqual(['a', 'b']);
    await next();
    await read;
    expect(whole()).toEqual(['a', 'b', 'c']);
  });

  it('keeps showing all of it while it is read again', async () => {
    const { store, next, shown: seen } = slowList(['a', 'b']);
    const first = store.getState().reload();
    await next();
    await next();
    await first;
    const second = store.getState().reload();
    await next();
    expect(seen()).toEqual(['a', 'b']);
    await next();
    await second;
  });

  it('shows a change that is put in at once, in its beginning too', async () => {
    const { store, next, shown: seen } = slowList(['a', 'b']);
    void store.getState().reload();
    await next();
    store.getState().put((list) => list.map((one) => one.toUpperCase()));
    expect(seen()).toEqual(['A']);
    await next();
  });

  it('shows a change from its call on, also over a read that began before it', async () => {
    const all = ['a', 'b'];
    const { store, next, shown: seen } = slowList(all);
    const first = store.getState().reload();
    await next();
    await next();
    await first;

    const stale = store.getState().reload();
    await next();
    const answer = Promise.withResolvers<void>();
    const told = store.getState().showDuring(
      (list) => [...list.filter((one) => one !== 'c'), 'c'],
      () => answer.promise,
    );
    expect(seen()).toEqual(['a', 'b', 'c']);
    await next();
    expect(seen()).toEqual(['a', 'b', 'c']);
    await stale;

    const late = store.getState().reload();
    await next();
    all.push('c');
    answer.resolve();
    await told;
    await next();
    expect(seen()).toEqual(['a', 'b', 'c']);
    await next();
    await next();
    await late;
    all.pop();
    const after = store.getState().reload();
    await next();
    await next();
    await after;
    expect(seen()).toEqual(['a', 'b']);
  });

  it('takes a change back when its call fails', async () => {
    const { store, next, shown: seen } = slowList(['a', 'b']);
    const first = store.getState().reload();
    await next();
    await next();
    await first;
    const told = store.getState().showDuring(
      () => ['c'],
      () => Promise.reject(new Error('no')),
    );
    expect(seen()).toEqual(['c']);
    await expect(told).rejects.toThrow('no');
    expect(seen()).toEqual(['a', 'b']);
  });

  it('shows nothing of the environment before', async () => {
    const all = ['old', 'b'];
    const { store, next, shown: seen } = slowList(all);
    void store.getState().reload();
    all.splice(0, 2, 'new', 'b');
    const restarted = store.getState().restart();
    await next();
    expect(seen()).toBeNull();
    await next();
    expect(seen()).toBeNull();
    await next();
    expect(seen()).toEqual(['new']);
    await next();
    await restarted;
  });
});
