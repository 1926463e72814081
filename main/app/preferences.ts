import Store from 'electron-store';
import * as z from 'zod/mini';
import { type Updates, updateChannels } from '../../core/model/machine/updates.ts';
import { codeOf } from '../../platform/files/error-code.ts';

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
  /** A convenience: in a folder that can't be written it is lost. */
  const save = (now: Partial<typeof store.store>): void => {
    try {
      store.set(now);
    } catch (error) {
      // the system's own
      if (codeOf(error) === null) throw error;
    }
  };

  return {
    bounds(): StoredBounds | null {
      const read = z.safeParse(bounds, store.get('bounds'));
      return read.success ? read.data : null;
    },
    saveBounds: (now: StoredBounds): void => save({ bounds: now }),
    /** What kind of releases to look for, and whether to do so unasked. */
    updates(): UpdateChoice {
      const read = z.safeParse(updates, store.get('updates'));
      return read.success ? read.data : { channel: 'latest', automatic: true };
    },
    saveUpdates: (choice: UpdateChoice): void => save({ updates: choice }),
    /** Whether Varvel has said once that closing the window keeps it running in the tray. */
    trayNoticeShown: (): boolean => store.get('trayNoticeShown') === true,
    markTrayNoticeShown: (): void => save({ trayNoticeShown: true }),
  };
}
