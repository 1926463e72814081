import { type BrowserWindow, dialog } from 'electron';

/** A page that is gone again so soon is not loaded again without being asked, in milliseconds. */
const soonMs = 60_000;

/**
 * A page whose process is gone (a crash, no memory left) would stay blank: it is loaded again, and a person is asked
 * when that didn't last.
 * @param gone told before, as the page hears nothing any more
 */
export function reviveAfterCrash(window: BrowserWindow, gone: () => void): void {
  let revived = Number.NEGATIVE_INFINITY;

  async function revive(): Promise<void> {
    const lasted = performance.now() - revived;
    if (lasted < soonMs) {
      const { response } = await dialog.showMessageBox(window, {
        type: 'error',
        message: 'Varvel’s window has crashed again.',
        detail: 'Nothing is lost: profiles and keys are not kept in it.',
        buttons: ['Load it again', 'Close it'],
        defaultId: 0,
        cancelId: 1,
      });
      if (window.isDestroyed()) return;
      if (response === 1) return window.destroy();
    }
    revived = performance.now();
    window.webContents.reload();
  }

  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    process.stderr.write(`varvel: the window’s page is gone (${reason}) and is loaded again\n`);
    gone();
    void revive();
  });
}
