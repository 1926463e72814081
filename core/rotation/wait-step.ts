import type { FalClients } from '../fal/clients.ts';
import type { AdminKeys } from '../keys/admin-keys.ts';
import { VarvelError } from '../model/error.ts';
import type { Rotation } from '../model/machine/rotation.ts';
import type { Ports } from '../ports.ts';
import { isFresh, isPaused, usageEveryMs } from './due.ts';
import { countedUntil, isSilent, rhythmMs } from './silence.ts';
import { createUsageWatch } from './watch-usage.ts';

/** Waits until the key that goes can be revoked: by time, or because fal says that nothing uses it. */
export function createWaitStep(
  { clock }: Pick<Ports, 'clock'>,
  { fal, adminKeys }: { fal: () => Promise<FalClients>; adminKeys: AdminKeys },
) {
  const usage = createUsageWatch(fal, adminKeys);

  /** @returns the rotation, at its next step if the wait is over */
  return async function waited(rotation: Rotation, signal?: AbortSignal): Promise<Rotation> {
    const now = clock.now();
    const { revokeAt, switchedAt, usageReadAt, oldKeyId, newKeyId, direction, account } = rotation;
    if (revokeAt === null || switchedAt === null || revokeAt <= now) return { ...rotation, step: 'revoke' };
    if (isPaused(rotation.retryAt, now) || isFresh(usageReadAt, now)) return rotation;
    const keyId = direction === 'forward' ? oldKeyId : newKeyId;
    if (keyId === null) return rotation;
    try {
      const busy = await usage.busyMinutes(keyId, account, switchedAt - rhythmMs, signal);
      const lastUsedAt = busy.length > 0 ? Math.max(...busy) : null;
      const known: Rotation = { ...rotation, usageReadAt: now, lastUsedAt };
      if (!isSilent(busy, switchedAt, now)) return known;
      const counted = countedUntil(await usage.busyMinutes(null, account, switchedAt, signal));
      return isSilent(busy, switchedAt, counted) ? { ...known, step: 'revoke' } : known;
    } catch (error) {
      if (!(error instanceof VarvelError) || error.code === 'cancelled') throw error;
      // the timer decides then
      return { ...rotation, retryAt: now + usageEveryMs };
    }
  };
}
