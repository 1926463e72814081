import { randomUUID } from 'node:crypto';
import { modelById } from '../catalog.ts';
import type { ModelCall, Store } from '../state.ts';
import { pastCalls } from './history.ts';

/** Who pays for a call: an account, by one of its keys, or by a sign-in (an empty `key_id`). */
export type Payer = Pick<ModelCall, 'account' | 'key_id' | 'login'>;

/** All usage and its cost. */
export interface Ledger {
  /** Every call of an account: thirty generated days, then the real calls to this sandbox. */
  of(userId: string): readonly ModelCall[];
  /** Records a call and subtracts its price from the balance, down to zero. Returns the call's id. */
  charge(payer: Payer, endpointId: string, quantity: number): string;
  /** Refunds a charge, as for a cancelled request. */
  refund(callId: string): void;
}

const costOf = ({ endpoint_id, quantity }: ModelCall): number =>
  (modelById(endpoint_id)?.unit_price ?? 0) * quantity;

/** Removes the rounding errors of binary fractions. */
const rounded = (amount: number): number => Math.round(amount * 1e6) / 1e6;

export const createLedger = (store: Store): Ledger => {
  let past: { until: number; calls: readonly ModelCall[] } = { until: 0, calls: [] };
  const history = (): readonly ModelCall[] => {
    const until = store.state.seeded_at;
    if (past.until !== until) past = { until, calls: pastCalls(until) };
    return past.calls;
  };
  return {
    of: (userId) => [...history(), ...store.state.calls].filter(({ account }) => account === userId),
    charge(payer, endpointId, quantity) {
      const call: ModelCall = {
        id: randomUUID(),
        at: Date.now(),
        account: payer.account,
        key_id: payer.key_id,
        ...(payer.login !== undefined && { login: payer.login }),
        endpoint_id: endpointId,
        quantity,
      };
      store.change((state) => {
        state.calls.push(call);
        state.balances[payer.account] = Math.max(
          0,
          rounded((state.balances[payer.account] ?? 0) - costOf(call)),
        );
      });
      return call.id;
    },
    refund(callId) {
      const call = store.state.calls.find(({ id }) => id === callId);
      if (!call) return;
      store.change((state) => {
        state.calls.splice(state.calls.indexOf(call), 1);
        state.balances[call.account] = rounded((state.balances[call.account] ?? 0) + costOf(call));
      });
    },
  };
};
