import { create } from 'zustand';
import type { EventPayload } from '../../contract/events.ts';

/** How far the last search for copies of keys is; null before its first event. */
export const useSearchProgress = create<{ progress: EventPayload<'searching'> | null }>(() => ({
  progress: null,
}));

export const receiveSearchProgress = (progress: EventPayload<'searching'>): void =>
  useSearchProgress.setState({ progress });
