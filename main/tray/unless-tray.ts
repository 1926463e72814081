/** At login the panel may start after Varvel, so it is checked several times. In milliseconds. */
const intervalMs = 2000;
const attempts = 15;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

/**
 * Shows the window when no tray appears after a start at login. Nothing else of the program would be visible then.
 * @param isTrayVisible called until it returns true, or the attempts run out
 */
export async function showUnlessTrayVisible(
  isTrayVisible: () => Promise<boolean>,
  show: () => void,
  wait: (ms: number) => Promise<void> = pause,
): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (await isTrayVisible()) return;
    await wait(intervalMs);
  }
  show();
}
