import { app, BrowserWindow, powerMonitor } from 'electron';
import { uninterruptedEnds } from '../../platform/process/uninterrupted.ts';
import { isTrayVisible } from '../tray/host.ts';

/** How long cleaning up may hold up quitting, in milliseconds. */
const cleanUpLimitMs = 3000;

/** What ends a program from outside: Ctrl-C, `kill`, a terminal that closes. */
const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Cleans up before quitting. Closing the last window keeps Varvel running in the tray. Without a visible tray it quits,
 * except on macOS, where the dock brings the window back.
 * @param onLeftInTray called when the last window has closed and the tray stays
 */
export function setupQuit(
  platform: NodeJS.Platform,
  cleanUp: () => Promise<void>,
  onLeftInTray: () => void,
): void {
  let state: 'running' | 'cleaning' | 'leaving' | 'clean' = 'running';

  const quit = (): void => app.quit();
  for (const signal of signals) {
    // electron-store's listener would end the process; and without any, Node sets its handler anew, in the place of Electron's
    process.removeAllListeners(signal);
    // Electron's quits once: a second Ctrl-C ended it amid what can't be done twice
    process.on(signal, quit);
  }

  app.on('before-quit', (event) => {
    if (state === 'clean') return;
    event.preventDefault();
    if (state === 'cleaning') return;
    const limit = new Promise<void>((resolve) => setTimeout(resolve, cleanUpLimitMs));
    const cleaned = state === 'leaving' ? Promise.resolve() : Promise.race([cleanUp(), limit]);
    state = 'cleaning';
    void cleaned
      .catch((error: unknown) => process.stderr.write(`varvel: clean-up failed: ${String(error)}\n`))
      // a sign-in that is being renewed would be lost, and so would a key that is being created
      .then(uninterruptedEnds)
      .finally(() => {
        state = 'clean';
        // should it hang from here on, a signal ends it
        for (const signal of signals) process.off(signal, quit);
        // Electron ignores a second quit until it has handled this event, so a microtask would be too early
        setImmediate(() => app.quit());
      });
  });

  // a log-out must not wait, but for what can't be done twice: start cleaning up, and let the session end
  const cleanUpNow = (): void => {
    if (state !== 'running') return;
    state = 'leaving';
    cleanUp().catch(() => undefined);
  };
  powerMonitor.on('shutdown', cleanUpNow);
  app.on('browser-window-created', (_event, window) => window.on('session-end', cleanUpNow));

  // without a listener Electron quits when the last window closes
  app.on('window-all-closed', () => {
    if (platform === 'darwin' || state !== 'running') return;
    void isTrayVisible(platform).then((visible) => {
      // another window may have opened meanwhile
      if (BrowserWindow.getAllWindows().length > 0) return;
      if (visible) onLeftInTray();
      else app.quit();
    });
  });
}
