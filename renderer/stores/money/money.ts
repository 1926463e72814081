import type { Balance, BudgetSubject, BudgetView } from '../../../core/model/fal/budget.ts';
import { call } from '../../bridge.ts';
import { createSnapshot } from '../snapshots/snapshot.ts';

/** Every account's balance, as it was read last. */
export const useKnownBalances = createSnapshot<Balance[]>(() => call('money.balances', null));

export const useBudgets = createSnapshot<BudgetView[]>(() => call('money.budgets', null));

export const useKnownBalance = (accountId: string | null): Balance | null =>
  useKnownBalances(({ resource }) =>
    resource.state === 'ready'
      ? (resource.value.find((balance) => balance.accountId === accountId) ?? null)
      : null,
  );

/** Whether two subjects are the same. */
const isSame = (a: BudgetSubject, b: BudgetSubject): boolean => {
  if (a.kind === 'account') return b.kind === 'account' && a.account.id === b.account.id;
  if (a.kind === 'profile') return b.kind === 'profile' && a.profile === b.profile;
  return b.kind === 'key' && a.keyId === b.keyId;
};

export const useBudget = (subject: BudgetSubject | null): BudgetView | null =>
  useBudgets(({ resource }) =>
    resource.state === 'ready' && subject !== null
      ? (resource.value.find((budget) => isSame(budget.subject, subject)) ?? null)
      : null,
  );

/** Asks for an account's balance, if it wasn't asked for lately. What fails stays unknown. */
export async function wantBalance(accountId: string): Promise<void> {
  await call('money.balance', { accountId }).catch(() => null);
}

/** Reads what was spent of the budgets, if that wasn't done lately. @throws CallError */
export async function refreshBudgets() {
  const { budgets, problems } = await call('money.refreshBudgets', null);
  useBudgets.getState().put(() => budgets);
  return problems;
}
