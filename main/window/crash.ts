import { type BrowserWindow, dialog } from 'electron';

/** After a second crash within this time the page isn't reloaded without asking. In milliseconds. */
const repeatedCrashMs = 60_000;

/**
 * Reloads the page when its process is gone (a crash, out of memory), which would leave it blank. Asks first when it
 * crashes again soon.
 * @param onGone called before the reload, since the page no longer listens
 */
export function reloadAfterCrash(window: BrowserWindow, onGone: () => void): void {
  let reloadedAt = Number.NEGATIVE_INFINITY;

  async function reload(): Promise<void> {
    const lasted = performance.now() - reloadedAt;
    if (lasted < repeatedCrashMs) {
      const { response } = await dialog.showMessageBox(window, {
        type: 'error',
        message: 'Varvel’s window crashed again.',
        detail: 'Your profiles and keys are safe. They aren’t stored in the window.',
        buttons: ['Reload window', 'Close window'],
        defaultId: 0,
        cancelId: 1,
      });
      if (window.isDestroyed()) return;
      if (response === 1) return window.destroy();
    }
    reloadedAt = performance.now();
    window.webContents.reload();
  }

  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    process.stderr.write(`varvel: the window’s page crashed (${reason}) and is reloading\n`);
    onGone();
    void reload();
  });
}
