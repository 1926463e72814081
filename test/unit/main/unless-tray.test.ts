import { expect, test } from 'vitest';
import { showUnlessTrayVisible } from '../../../main/tray/unless-tray.ts';

/** What a start at login comes to where the panel shows trays from the given question on. */
async function startedAtLogin(shownAfter: number): Promise<{ window: boolean; waitedMs: number }> {
  let asked = 0;
  let window = false;
  let waitedMs = 0;
  await showUnlessTrayVisible(
    async () => asked++ >= shownAfter,
    () => {
      window = true;
    },
    async (ms) => {
      waitedMs += ms;
    },
  );
  return { window, waitedMs };
}

test('a tray that is there, or comes up a little later, needs no window', async () => {
  expect(await startedAtLogin(0)).toEqual({ window: false, waitedMs: 0 });
  expect(await startedAtLogin(5)).toMatchObject({ window: false });
});

test('where no tray turns up, the window is shown, so that something of the program can be seen', async () => {
  const { window, waitedMs } = await startedAtLogin(Number.POSITIVE_INFINITY);
  expect(window).toBe(true);
  expect(waitedMs).toBeGreaterThan(10_000);
});
