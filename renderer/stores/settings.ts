import type { FaceSettings } from '../../core/model/settings.ts';
import { call } from '../bridge.ts';
import { createSnapshot } from './snapshots/snapshot.ts';

export const useSettings = createSnapshot<FaceSettings>(() => call('settings.read', null));

/** Changes settings and stores the result. @throws CallError */
export async function changeSettings(change: Partial<FaceSettings>): Promise<void> {
  const settings = await call('settings.change', change);
  useSettings.getState().put(() => settings);
}
