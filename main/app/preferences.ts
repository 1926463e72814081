import Store from 'electron-store';
import * as z from 'zod/mini';
import { type Updates, updateChannels } from '../../core/model/machine/updates.ts';

const bounds = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int(),
  height: z.int(),
  maximized: z.boolean(),
});
export type StoredBounds = z.infer<typeof bounds>;

const updates = z.object({ channel: z.enum(updateChannels), automatic: z.boolean() });
export type UpdateChoice = Pick<Updates, 'channel' | 'automatic'>;

export type Preferences = ReturnType<typeof openPreferences>;

/** The window's own preferences, in a file of their own. An unreadable file counts as empty. */
export function openPreferences(folder: string) {
  const store = new Store<{ bounds?: unknown; trayNoticeShown?: unknown; updates?: unknown }>({
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
    /** What kind of releases to look for, and whether to do so unasked. */
    updates(): UpdateChoice {
      const read = z.safeParse(updates, store.get('updates'));
      return read.success ? read.data : { channel: 'latest', automatic: true };
    },
    saveUpdates: (choice: UpdateChoice): void => store.set('updates', choice),
    /** Whether Varvel has said once that closing the window keeps it running in the tray. */
    trayNoticeShown: (): boolean => store.get('trayNoticeShown') === true,
    markTrayNoticeShown: (): void => store.set('trayNoticeShown', true),
  };
}
