import type { FaceSettings } from '../../core/model/settings.ts';
import { call } from '../bridge.ts';
import { known } from './snapshots/resource.ts';
import { createSnapshot } from './snapshots/snapshot.ts';

export const useSettings = createSnapshot<FaceSettings>(() => call('settings.read', null));

/** Whether balances and spend are read without being asked for. Not before the settings are known. */
export const useReadsMoney = (): boolean =>
  useSettings(({ resource }) => known(resource)?.moneyReading === 'automatic');

/** Shows changed settings at once, and takes them back if they can’t be stored. @throws CallError */
export const changeSettings = (change: Partial<FaceSettings>): Promise<void> =>
  useSettings.getState().showDuring(
    (settings) => ({ ...settings, ...change }),
    () => call('settings.change', change),
  );
