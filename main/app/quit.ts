import { app, BrowserWindow, powerMonitor } from 'electron';
import { trayIsShown } from '../tray/host.ts';

/** What must be done on quitting may take so long, in milliseconds; then it is left. */
const patienceMs = 3000;

/**
 * Quitting is explicit, and clean: what must be done is done before the first window closes. Closing the window
 * leaves the tray; where no tray is shown, closing quits, but on macOS, whose dock brings the window back.
 * @param leftInTray told when the last window was closed and the tray is left
 */
export function setupQuit(
  platform: NodeJS.Platform,
  clean: () => Promise<void>,
  leftInTray: () => void,
): void {
  let state: 'running' | 'cleaning' | 'clean' = 'running';

  app.on('before-quit', (event) => {
    if (state === 'clean') return;
    event.preventDefault();
    if (state === 'cleaning') return;
    state = 'cleaning';
    const limit = new Promise<void>((resolve) => setTimeout(resolve, patienceMs));
    void Promise.race([clean(), limit])
      .catch((error: unknown) => process.stderr.write(`varvel: on quitting: ${String(error)}\n`))
      .finally(() => {
        state = 'clean';
        // A signal, the dock or a log-out quits from inside Electron, which forgets a quit that is asked for again before
        // this event has been handled, as a microtask would.
        setImmediate(() => app.quit());
      });
  });

  // a session that ends must not be held up: what can be done at once is done
  const leave = (): void => {
    if (state !== 'running') return;
    state = 'clean';
    clean().catch(() => undefined);
  };
  powerMonitor.on('shutdown', leave);
  app.on('browser-window-created', (_event, window) => window.on('session-end', leave));

  // without a listener Electron quits when the last window closes
  app.on('window-all-closed', () => {
    if (platform === 'darwin' || state !== 'running') return;
    void trayIsShown(platform).then((shown) => {
      // one that was opened while that was asked is not to be closed
      if (BrowserWindow.getAllWindows().length > 0) return;
      if (shown) leftInTray();
      else app.quit();
    });
  });
}
