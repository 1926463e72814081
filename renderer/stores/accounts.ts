import { create } from 'zustand';
import type { Output } from '../../contract/methods.ts';
import type { PartProblem, Problem } from '../../contract/problem.ts';
import type { Account } from '../../core/model/fal/account.ts';
import type { Identity } from '../../core/model/fal/identity.ts';
import { call } from '../bridge.ts';
import { problemOf } from '../call-error.ts';
import { createSnapshot } from './snapshots/snapshot.ts';

export const useIdentities = createSnapshot<Identity[]>(() => call('identities.list', null));
export const useAccounts = createSnapshot<Account[]>(() => call('accounts.list', null));

/** By when the accounts' keys are to be rotated. */
export const useRotatePolicies = createSnapshot<Output<'accounts.rotateBy'>>(() =>
  call('accounts.rotateBy', null),
);

/** The state of refreshing accounts from fal. */
export type AccountsRefresh =
  | { state: 'idle'; problems: PartProblem[] }
  | { state: 'running' }
  | { state: 'failed'; problem: Problem };

export const useAccountsRefresh = create<{ refresh: AccountsRefresh }>(() => ({
  refresh: { state: 'idle', problems: [] },
}));

export async function refreshAccounts(): Promise<void> {
  useAccountsRefresh.setState({ refresh: { state: 'running' } });
  try {
    const { accounts, problems } = await call('accounts.refresh', null);
    useAccounts.getState().put(() => accounts);
    useAccountsRefresh.setState({ refresh: { state: 'idle', problems } });
    useBalances.setState({ balances: {} });
  } catch (error) {
    useAccountsRefresh.setState({ refresh: { state: 'failed', problem: problemOf(error) } });
  }
}

export type Balance =
  | { state: 'loading' }
  | { state: 'known'; amount: number | null }
  | { state: 'failed'; problem: Problem };

export const useBalances = create<{ balances: Record<string, Balance> }>(() => ({ balances: {} }));

const putBalance = (accountId: string, balance: Balance): void =>
  useBalances.setState(({ balances }) => ({ balances: { ...balances, [accountId]: balance } }));

/** Loads a balance once per account, until accounts are refreshed. */
export async function loadBalance(accountId: string): Promise<void> {
  if (useBalances.getState().balances[accountId]) return;
  putBalance(accountId, { state: 'loading' });
  try {
    const { balance } = await call('accounts.balance', { accountId });
    putBalance(accountId, { state: 'known', amount: balance });
  } catch (error) {
    putBalance(accountId, { state: 'failed', problem: problemOf(error) });
  }
}

/** Each account once, even when several identities can use it. */
export function distinctAccounts(accounts: Account[]): Account[] {
  const seen = new Map<string, Account>();
  for (const account of accounts) if (!seen.has(account.id)) seen.set(account.id, account);
  return [...seen.values()];
}
