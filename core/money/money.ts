import type { Accounts } from '../accounts/accounts.ts';
import type { FalClients } from '../fal/clients.ts';
import type { AdminKeys } from '../keys/admin-keys.ts';
import type { Ports } from '../ports.ts';
import { createUsage } from '../usage/usage.ts';
import { createBalances } from './balances.ts';
import { createBudgets } from './budgets.ts';

export type Money = ReturnType<typeof createMoney>;

export interface MoneyParts {
  fal: () => Promise<FalClients>;
  accounts: Accounts;
  adminKeys: AdminKeys;
}

/** What accounts have, and what people want to spend. */
export function createMoney(ports: Ports, { fal, accounts, adminKeys }: MoneyParts) {
  const usage = createUsage(ports, fal, accounts, adminKeys);
  return {
    balances: createBalances(ports, fal, accounts, adminKeys),
    budgets: createBudgets(ports, usage.since),
  };
}
