import { expect, test } from 'vitest';
import type { CallAnswer } from '../../../../core/lock-doctor/name-lock.ts';
import { longestWatchMs, usualWatchMs, watchLock } from '../../../../core/lock-doctor/watch.ts';
import { createFixedClock } from '../../../fakes/fixed-clock.ts';

const locked: CallAnswer = { state: 'locked', reason: 'TOP_UP.' };
const always = (answer: CallAnswer) => async () => answer;

test('a watch checks more and more rarely, and ends by itself', async () => {
  const clock = createFixedClock();
  const start = clock.now();
  let checks = 0;
  const ended = await watchLock(always(locked), clock, {
    forMs: usualWatchMs,
    onCheck: (count) => {
      checks = count;
    },
  });
  expect(ended).toBe('over');
  expect(clock.now() - start).toBeLessThanOrEqual(usualWatchMs);
  expect(clock.slept).toEqual(clock.slept.toSorted((a, b) => a - b));
  expect(clock.slept[0]).toBe(5_000);
  expect(clock.slept.at(-1)).toBe(300_000);
  expect(checks).toBe(clock.slept.length + 1);
  expect(checks).toBeLessThan(32);
});

test('no watch is longer than a day, whatever was asked for', async () => {
  const clock = createFixedClock();
  const start = clock.now();
  expect(await watchLock(always(locked), clock, { forMs: Number.MAX_SAFE_INTEGER })).toBe('over');
  expect(clock.now() - start).toBeLessThanOrEqual(longestWatchMs);
});

test('a server that fails meanwhile doesn’t end it; a key that works or is gone does', async () => {
  for (const [last, end] of [
    [{ state: 'allowed' }, 'works'],
    [{ state: 'unauthorized', words: null }, 'dead'],
  ] as const) {
    const answers: CallAnswer[] = [locked, { state: 'failed', words: null }, locked, last];
    const clock = createFixedClock();
    const check = async () => answers.shift() ?? locked;
    expect(await watchLock(check, clock, { forMs: usualWatchMs })).toBe(end);
    expect(clock.slept).toHaveLength(3);
  }
});

test('it can be cancelled while it waits', async () => {
  const stop = new AbortController();
  const watching = watchLock(always(locked), createFixedClock(), {
    forMs: usualWatchMs,
    signal: stop.signal,
    onCheck: (checks) => {
      if (checks === 3) stop.abort();
    },
  });
  await expect(watching).rejects.toMatchObject({ code: 'cancelled' });
});
