import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../core/model/fal/verdict.ts';
import {
  initialTests,
  newerVerdict,
  tallyOf,
  withTestEnded,
  withTestStarted,
  withVerdicts,
} from '../../../renderer/stores/keys/tests.ts';

const verdict = (testedAt: number, kind: Verdict['kind'] = 'valid'): Verdict => ({
  kind,
  scope: 'API',
  account: null,
  latencyMs: 80,
  message: '',
  testedAt,
});

describe('tests of keys', () => {
  it('a key is under test until its own run ends', () => {
    const once = withTestStarted(initialTests, 'a', 'run-1');
    const twice = withTestStarted(once, 'a', 'run-2');
    expect(withTestEnded(twice, 'a', 'run-1').running).toEqual({ a: 'run-2' });
    expect(withTestEnded(twice, 'a', 'run-2').running).toEqual({});
  });

  it('an older verdict never replaces a newer one', () => {
    const state = withVerdicts(initialTests, [
      { run: 'r', keyId: 'a', verdict: verdict(20), done: 1, total: 2 },
    ]);
    const late = withVerdicts(state, [
      { run: 'r', keyId: 'a', verdict: verdict(10, 'invalid'), done: 2, total: 2 },
    ]);
    expect(late.verdicts.a).toEqual(verdict(20));
    expect(newerVerdict(verdict(10), null)).toEqual(verdict(10));
  });

  it('progress counts only the run that is shown, and never goes back', () => {
    const running = {
      ...initialTests,
      batch: {
        state: 'running',
        run: 'mine',
        done: 0,
        total: 9,
        cancelling: false,
        ids: null,
        tested: new Set<string>(),
      },
    } as const;
    const told = withVerdicts(running, [
      { run: 'mine', keyId: 'a', verdict: verdict(1), done: 2, total: 9 },
      { run: 'mine', keyId: 'b', verdict: verdict(1), done: 1, total: 9 },
      { run: 'other', keyId: 'c', verdict: verdict(1), done: 7, total: 7 },
    ]);
    expect(told.batch).toMatchObject({ done: 2, total: 9 });
    expect(Object.keys(told.verdicts)).toEqual(['a', 'b', 'c']);
  });

  it('the tally says how many are valid', () => {
    expect(tallyOf([{ verdict: verdict(1) }, { verdict: verdict(1, 'locked') }])).toEqual({
      tested: 2,
      valid: 1,
    });
  });
});
