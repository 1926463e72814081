import type { Updates } from '../../core/model/machine/updates.ts';
import { call } from '../bridge.ts';
import { createSnapshot } from './snapshots/snapshot.ts';

/** Null where the window isn't a program of its own. */
export const useUpdates = createSnapshot<Updates | null>(() => call('updates.read', null));

/** Shows a changed choice at once, and takes it back if it can’t be stored. @throws CallError */
export const changeUpdates = (choice: Partial<Pick<Updates, 'channel' | 'automatic'>>): Promise<void> =>
  useUpdates.getState().showDuring(
    (updates) => updates && { ...updates, ...choice },
    () => call('updates.change', choice),
  );

/** Looks for a newer release; what comes of it arrives as events. @throws CallError */
export async function checkForUpdates(): Promise<void> {
  await call('updates.check', null);
}

/** Restarts the program as the release that was downloaded. @throws CallError */
export async function installUpdate(): Promise<void> {
  await call('updates.install', null);
}
