import Store from 'electron-store';
import * as z from 'zod/mini';

const bounds = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int(),
  height: z.int(),
  maximized: z.boolean(),
});
export type StoredBounds = z.infer<typeof bounds>;

export type Preferences = ReturnType<typeof openPreferences>;

/** The window's own preferences, in a file of their own. An unreadable file counts as empty. */
export function openPreferences(folder: string) {
  const store = new Store<{ bounds?: unknown; trayNoticeShown?: unknown }>({
    name: 'window',
    cwd: folder,
    clearInvalidConfig: true,
    configFileMode: 0o600,
  });
  return {
    bounds(): StoredBounds | null {
      const read = z.safeParse(bounds, store.get('bounds'));
      return read.success ? read.data : null;
    },
    saveBounds: (now: StoredBounds): void => store.set('bounds', now),
    /** Whether Varvel has said once that closing the window keeps it running in the tray. */
    trayNoticeShown: (): boolean => store.get('trayNoticeShown') === true,
    markTrayNoticeShown: (): void => store.set('trayNoticeShown', true),
  };
}
