import { create } from 'zustand';
import type { ActivityEntry } from '../../core/model/activity.ts';
import { call } from '../bridge.ts';
import { createSnapshot } from './snapshots/snapshot.ts';

/** How much of the log to read: a time span in ms, or null for all of it. */
export const activitySpan = create<{ spanMs: number | null; limit: number }>(() => ({
  spanMs: null,
  limit: 500,
}));

export const maxActivity = 5000;

export const useActivity = createSnapshot<ActivityEntry[]>(() => {
  const { spanMs, limit } = activitySpan.getState();
  return call('activity.list', { withinMs: spanMs, keyId: null, limit });
});
