import { create } from 'zustand';
import type { EventPayload } from '../../../contract/events.ts';
import type { Problem } from '../../../contract/problem.ts';
import type { Verdict } from '../../../core/model/fal/verdict.ts';
import { call, newRun } from '../../bridge.ts';
import { isCancelled, problemOf } from '../../call-error.ts';

/** A test of all keys, or of several. */
export type Batch =
  | { state: 'none' }
  | {
      state: 'running';
      run: string;
      done: number;
      total: number;
      cancelling: boolean;
      /** The keys to test. Null for all. */
      ids: ReadonlySet<string> | null;
      tested: ReadonlySet<string>;
    }
  | { state: 'ended'; tally: Tally; cancelled: boolean }
  | { state: 'failed'; problem: Problem };

export interface Tally {
  tested: number;
  valid: number;
}

export interface TestsState {
  /** The keys being tested, each with its run. */
  running: Record<string, string>;
  /** Verdicts newer than the lists. */
  verdicts: Record<string, Verdict>;
  batch: Batch;
}

export const initialTests: TestsState = { running: {}, verdicts: {}, batch: { state: 'none' } };

export const withTestStarted = (state: TestsState, keyId: string, run: string): TestsState => ({
  ...state,
  running: { ...state.running, [keyId]: run },
});

export function withTestEnded(state: TestsState, keyId: string, run: string): TestsState {
  if (state.running[keyId] !== run) return state;
  const { [keyId]: _, ...running } = state.running;
  return { ...state, running };
}

/** Applies several test events at once. */
export function withVerdicts(state: TestsState, tested: EventPayload<'tested'>[]): TestsState {
  if (tested.length === 0) return state;
  const verdicts = { ...state.verdicts };
  const fromBatch: string[] = [];
  let { batch } = state;
  for (const { run, keyId, verdict, done, total } of tested) {
    verdicts[keyId] = newerVerdict(verdicts[keyId] ?? null, verdict) ?? verdict;
    if (batch.state === 'running' && batch.run === run) {
      batch = { ...batch, done: Math.max(batch.done, done), total };
      fromBatch.push(keyId);
    }
  }
  if (batch.state === 'running' && fromBatch.length > 0)
    batch = { ...batch, tested: new Set([...batch.tested, ...fromBatch]) };
  return { ...state, verdicts, batch };
}

/** The later of two verdicts. */
export function newerVerdict(a: Verdict | null, b: Verdict | null): Verdict | null {
  if (!a || !b) return a ?? b;
  return a.testedAt > b.testedAt ? a : b;
}

export const tallyOf = (results: { verdict: Verdict }[]): Tally => ({
  tested: results.length,
  valid: results.filter(({ verdict }) => verdict.kind === 'valid').length,
});

export const useTests = create<TestsState>(() => initialTests);

let pending: EventPayload<'tested'>[] = [];
let flushing = false;

/** Receives a verdict from the bridge. Updates at most ten times a second. */
export function receiveVerdict(event: EventPayload<'tested'>): void {
  pending.push(event);
  if (flushing) return;
  flushing = true;
  setTimeout(() => {
    flushing = false;
    const now = pending;
    pending = [];
    useTests.setState((state) => withVerdicts(state, now));
  }, 100);
}

export const putVerdict = (keyId: string, verdict: Verdict): void =>
  useTests.setState((state) => withVerdicts(state, [{ run: '', keyId, verdict, done: 1, total: 1 }]));

/** Tests one key for free. @throws CallError */
export async function testKey(keyId: string): Promise<Verdict | null> {
  const run = newRun();
  useTests.setState((state) => withTestStarted(state, keyId, run));
  try {
    const [result] = await call('keys.test', { run, ids: [keyId] });
    if (result) putVerdict(keyId, result.verdict);
    return result?.verdict ?? null;
  } finally {
    useTests.setState((state) => withTestEnded(state, keyId, run));
  }
}

/** Tests all keys in the vault, or these. The result is in `batch`. */
export async function testAll(total: number, ids: readonly string[] | null = null): Promise<void> {
  if (useTests.getState().batch.state === 'running') return;
  const run = newRun();
  useTests.setState({
    batch: {
      state: 'running',
      run,
      done: 0,
      total,
      cancelling: false,
      ids: ids && new Set(ids),
      tested: new Set(),
    },
  });
  try {
    const results = await call('keys.test', { run, ids: ids && [...ids] });
    useTests.setState({ batch: { state: 'ended', tally: tallyOf(results), cancelled: false } });
  } catch (error) {
    const problem = problemOf(error);
    useTests.setState(({ batch }) => {
      if (!isCancelled(problem)) return { batch: { state: 'failed', problem } };
      const done = batch.state === 'running' ? batch.done : 0;
      return { batch: { state: 'ended', tally: { tested: done, valid: 0 }, cancelled: true } };
    });
  }
}

export async function cancelTestAll(): Promise<void> {
  const { batch } = useTests.getState();
  if (batch.state !== 'running') return;
  useTests.setState({ batch: { ...batch, cancelling: true } });
  await call('work.cancel', { run: batch.run });
}

export const dismissBatch = (): void => useTests.setState({ batch: { state: 'none' } });

/** The latest verdict of a profile's or a key's row. */
export const latestVerdict = ({ keyId, verdict }: { keyId: string | null; verdict: Verdict | null }) =>
  newerVerdict(verdict, keyId === null ? null : (useTests.getState().verdicts[keyId] ?? null));

const isWaiting = (batch: Batch, keyId: string): boolean =>
  batch.state === 'running' && !batch.tested.has(keyId) && (batch.ids?.has(keyId) ?? true);

/** A key's latest verdict, and whether it is being tested. */
export function useVerdict(keyId: string | null, known: Verdict | null) {
  const received = useTests(({ verdicts }) => (keyId === null ? null : (verdicts[keyId] ?? null)));
  const testing = useTests(
    ({ running, batch }) => keyId !== null && (keyId in running || isWaiting(batch, keyId)),
  );
  return { verdict: newerVerdict(known, received), testing };
}
