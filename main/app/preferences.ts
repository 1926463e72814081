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

/** What belongs to this window alone, in a file of its own; a file that can't be read counts as empty. */
export function openPreferences(folder: string) {
  const store = new Store<{ bounds?: unknown; toldOfTray?: unknown }>({
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
    keepBounds: (now: StoredBounds): void => store.set('bounds', now),
    /** Whether the person has been told once that closing the window leaves the tray. */
    toldOfTray: (): boolean => store.get('toldOfTray') === true,
    keepToldOfTray: (): void => store.set('toldOfTray', true),
  };
}
