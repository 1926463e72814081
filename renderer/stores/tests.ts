import { create } from 'zustand';
import type { EventPayload } from '../../contract/events.ts';
import type { Problem } from '../../contract/problem.ts';
import type { Verdict } from '../../core/model/verdict.ts';
import { call, newRun } from '../bridge.ts';
import { isCancelled, problemOf } from '../call-error.ts';

/** A test of many keys at once. */
export type Batch =
  | { state: 'none' }
  | { state: 'running'; run: string; done: number; total: number; cancelling: boolean }
  | { state: 'ended'; tally: Tally; cancelled: boolean }
  | { state: 'failed'; problem: Problem };

export interface Tally {
  tested: number;
  valid: number;
}

export interface TestsState {
  /** Keys under test, each with the run that tests it. */
  running: Record<string, string>;
  /** Verdicts heard since the lists were read. */
  verdicts: Record<string, Verdict>;
  batch: Batch;
}

export const noTests: TestsState = { running: {}, verdicts: {}, batch: { state: 'none' } };

export const began = (state: TestsState, keyId: string, run: string): TestsState => ({
  ...state,
  running: { ...state.running, [keyId]: run },
});

export function ended(state: TestsState, keyId: string, run: string): TestsState {
  if (state.running[keyId] !== run) return state;
  const { [keyId]: _, ...running } = state.running;
  return { ...state, running };
}

/** Takes in what several events told, in one step. */
export function heard(state: TestsState, told: EventPayload<'tested'>[]): TestsState {
  if (told.length === 0) return state;
  const verdicts = { ...state.verdicts };
  let { batch } = state;
  for (const { run, keyId, verdict, done, total } of told) {
    verdicts[keyId] = newer(verdicts[keyId] ?? null, verdict) ?? verdict;
    if (batch.state === 'running' && batch.run === run) {
      batch = { ...batch, done: Math.max(batch.done, done), total };
    }
  }
  return { ...state, verdicts, batch };
}

/** Of two verdicts the later one. */
export function newer(a: Verdict | null, b: Verdict | null): Verdict | null {
  if (!a || !b) return a ?? b;
  return a.testedAt > b.testedAt ? a : b;
}

export const tallyOf = (results: { verdict: Verdict }[]): Tally => ({
  tested: results.length,
  valid: results.filter(({ verdict }) => verdict.kind === 'valid').length,
});

export const useTests = create<TestsState>(() => noTests);

let told: EventPayload<'tested'>[] = [];
let flushing = false;

/** A verdict from the bridge; a flood of them is shown ten times a second. */
export function hearVerdict(event: EventPayload<'tested'>): void {
  told.push(event);
  if (flushing) return;
  flushing = true;
  setTimeout(() => {
    flushing = false;
    const now = told;
    told = [];
    useTests.setState((state) => heard(state, now));
  }, 100);
}

export const putVerdict = (keyId: string, verdict: Verdict): void =>
  useTests.setState((state) => heard(state, [{ run: '', keyId, verdict, done: 1, total: 1 }]));

/** Tests one key for free. @throws CallError */
export async function testKey(keyId: string): Promise<Verdict | null> {
  const run = newRun();
  useTests.setState((state) => began(state, keyId, run));
  try {
    const [result] = await call('keys.test', { run, ids: [keyId] });
    if (result) putVerdict(keyId, result.verdict);
    return result?.verdict ?? null;
  } finally {
    useTests.setState((state) => ended(state, keyId, run));
  }
}

/** Tests all keys that are stored here; what comes of it stands in `batch`. */
export async function testAll(total: number): Promise<void> {
  if (useTests.getState().batch.state === 'running') return;
  const run = newRun();
  useTests.setState({ batch: { state: 'running', run, done: 0, total, cancelling: false } });
  try {
    const results = await call('keys.test', { run, ids: null });
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

/** The verdict to show for a key, and whether a test of it runs. */
export function useVerdict(keyId: string | null, known: Verdict | null) {
  const heardOf = useTests(({ verdicts }) => (keyId === null ? null : (verdicts[keyId] ?? null)));
  const testing = useTests(({ running }) => keyId !== null && keyId in running);
  return { verdict: newer(known, heardOf), testing };
}
