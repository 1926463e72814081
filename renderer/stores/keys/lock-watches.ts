import type { LockWatch } from '../../../core/model/fal/diagnosis.ts';
import { call } from '../../bridge.ts';
import { createSnapshot } from '../snapshots/snapshot.ts';

/** The keys that are watched until they work again. */
export const useLockWatches = createSnapshot<LockWatch[]>(() => call('locks.watches', null));

export const useLockWatch = (keyId: string): LockWatch | null =>
  useLockWatches(({ resource }) =>
    resource.state === 'ready' ? (resource.value.find((watch) => watch.keyId === keyId) ?? null) : null,
  );

/** Begins or ends a watch. @throws CallError */
export async function changeLockWatch(keyId: string, on: boolean): Promise<void> {
  const watches = await call(on ? 'locks.watch' : 'locks.unwatch', { id: keyId });
  useLockWatches.getState().put(() => watches);
}
