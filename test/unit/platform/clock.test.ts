import { expect, test } from 'vitest';
import { createClock } from '../../../platform/process/clock.ts';

test('a wait ends when it is over, and at once when it is cancelled', async () => {
  const clock = createClock();
  const before = clock.now();
  await clock.sleep(10);
  expect(clock.now()).toBeGreaterThanOrEqual(before + 9);
  const abort = new AbortController();
  const waiting = clock.sleep(60_000, abort.signal);
  abort.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  await expect(clock.sleep(60_000, abort.signal)).rejects.toMatchObject({ code: 'cancelled' });
});
