import { VarvelError } from '../../model/error.ts';
import type { StoredKey } from '../../model/fal/key.ts';
import type { ConsumerMap } from '../../model/machine/rotation.ts';
import type { Ports } from '../../ports.ts';
import { shells } from '../../shells/shells.ts';
import { rhythmMs } from '../silence.ts';
import type { createUsageWatch } from '../watch-usage.ts';
import { lookForUses } from './key-uses.ts';

/** Who uses a key, as far as this machine and fal know. */
export async function mapConsumers(
  ports: Ports,
  usage: ReturnType<typeof createUsageWatch>,
  key: StoredKey,
  folder: string,
  signal?: AbortSignal,
): Promise<ConsumerMap> {
  const { clock } = ports;
  const uses = await lookForUses(ports, folder);
  return {
    ...(await uses.of(key.id)),
    shells: uses.shells.flatMap(({ shell, hook }) => (hook ? [shells[shell].label] : [])),
    ...(await usageOf()),
  };

  /** Never a failure: the grace period decides without it. */
  async function usageOf(): Promise<Pick<ConsumerMap, 'usage' | 'usageProblem'>> {
    const { account } = key;
    if (!account) return { usage: null, usageProblem: null };
    try {
      const busy = await usage.busyMinutes(key.id, account, clock.now() - rhythmMs, signal);
      const lastUsedAt = busy.length > 0 ? Math.max(...busy) : null;
      return { usage: { lastUsedAt, minutes: new Set(busy).size }, usageProblem: null };
    } catch (error) {
      if (!(error instanceof VarvelError) || error.code === 'cancelled') throw error;
      return { usage: null, usageProblem: { message: error.message, hint: error.hint } };
    }
  }
}
