import type { Accounts } from '../accounts/accounts.ts';
import type { FalClients } from '../fal/clients.ts';
import type { AdminKeys } from '../keys/admin-keys.ts';
import { hasCode } from '../model/error.ts';
import type { Balance } from '../model/fal/budget.ts';
import type { Ports } from '../ports.ts';

/** How soon a balance that couldn't be read is asked for again, in milliseconds. */
const retryAfterMs = 60_000;

export type Balances = ReturnType<typeof createBalances>;

/** Accounts' balances, read with a sign-in or an ADMIN key, and kept with the time they were read. */
export function createBalances(
  { state, clock }: Pick<Ports, 'state' | 'clock'>,
  fal: () => Promise<FalClients>,
  accounts: Accounts,
  adminKeys: AdminKeys,
) {
  const reading = new Map<string, Promise<Balance | null>>();
  const failedAt = new Map<string, number>();

  async function ask(
    accountId: string,
    signal?: AbortSignal,
  ): Promise<{ amount: number; currency: string } | null> {
    const reached = accounts.reach(accountId);
    if (reached && state.identities.get(reached.identityId)?.signedIn) {
      const amount = await accounts.balance(reached, signal);
      if (amount !== null) return { amount, currency: 'USD' };
    }
    const { platform } = await fal();
    const account = { id: accountId, nickname: reached?.nickname ?? accountId };
    try {
      return await adminKeys.ask(account, (admin) => platform.credits(admin, signal), signal);
    } catch (error) {
      if (hasCode(error, 'unauthorized', 'forbidden', 'not_found', 'locked', 'conflict')) return null;
      throw error;
    }
  }

  async function read(accountId: string, signal?: AbortSignal): Promise<Balance | null> {
    try {
      const answer = await ask(accountId, signal);
      if (!answer) {
        failedAt.set(accountId, clock.now());
        return null;
      }
      failedAt.delete(accountId);
      state.balances.put({ accountId, ...answer, readAt: clock.now() });
      return state.balances.get(accountId);
    } catch (error) {
      failedAt.set(accountId, clock.now());
      throw error;
    }
  }

  return {
    /** What was read last, of every account; asks nobody. */
    known: (): Balance[] => state.balances.all(),

    /**
     * An account's balance, not older than maxAgeMs if fal tells it. One call at a time, and none soon after one that failed.
     * @returns null when nothing is known and nobody here can ask
     * @throws VarvelError `not_signed_in`, `unreachable`, `vault_*`
     */
    async refresh(accountId: string, maxAgeMs: number, signal?: AbortSignal): Promise<Balance | null> {
      const last = state.balances.get(accountId);
      const now = clock.now();
      if (last && now - last.readAt < maxAgeMs && now >= last.readAt) return last;
      if (now - (failedAt.get(accountId) ?? Number.NEGATIVE_INFINITY) < Math.min(retryAfterMs, maxAgeMs))
        return last;
      let running = reading.get(accountId);
      if (!running) {
        running = read(accountId, signal).finally(() => reading.delete(accountId));
        reading.set(accountId, running);
      }
      return (await running) ?? last;
    },
  };
}
