import type { FaceSettings } from '../../core/model/settings.ts';
import { call } from '../bridge.ts';
import { known } from './snapshots/resource.ts';
import { createSnapshot } from './snapshots/snapshot.ts';

export const useSettings = createSnapshot<FaceSettings>(() => call('settings.read', null));

/** Whether balances and spend are read without being asked for. Not before the settings are known. */
export const useReadsMoney = (): boolean =>
  useSettings(({ resource }) => known(resource)?.moneyReading === 'automatic');

/** Changes settings and stores the result. @throws CallError */
export async function changeSettings(change: Partial<FaceSettings>): Promise<void> {
  const settings = await call('settings.change', change);
  useSettings.getState().put(() => settings);
}
