/** At login the panel may come up after us: it is asked for so often, in milliseconds, and so many times. */
const everyMs = 2000;
const times = 15;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

/**
 * After a start at login, which wants no window: shows it when no tray turns up, since nothing else of the program
 * could be seen then.
 * @param trayIsShown asked until it says yes, or long enough
 */
export async function showUnlessTray(
  trayIsShown: () => Promise<boolean>,
  show: () => void,
  wait: (ms: number) => Promise<void> = pause,
): Promise<void> {
  for (let asked = 0; asked < times; asked += 1) {
    if (await trayIsShown()) return;
    await wait(everyMs);
  }
  show();
}
