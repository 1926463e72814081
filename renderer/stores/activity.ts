import { create } from 'zustand';
import type { ActivityEntry } from '../../core/model/activity.ts';
import { call } from '../bridge.ts';
import { createSnapshot } from './snapshots/snapshot.ts';

/** How far back the log is read, in ms; null is everything. */
export const activitySpan = create<{ spanMs: number | null; limit: number }>(() => ({
  spanMs: null,
  limit: 500,
}));

export const mostActivity = 5000;

export const useActivity = createSnapshot<ActivityEntry[]>(() => {
  const { spanMs, limit } = activitySpan.getState();
  return call('activity.list', { withinMs: spanMs, keyId: null, limit });
});
