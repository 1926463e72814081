import { create } from 'zustand';
import type { PartProblem, Problem } from '../../contract/problem.ts';
import type { Account } from '../../core/model/account.ts';
import type { Identity } from '../../core/model/identity.ts';
import { call } from '../bridge.ts';
import { problemOf } from '../call-error.ts';
import { createSnapshot } from './snapshots/snapshot.ts';

export const useIdentities = createSnapshot<Identity[]>(() => call('identities.list', null));
export const useAccounts = createSnapshot<Account[]>(() => call('accounts.list', null));

/** The last asking of fal for the accounts. */
export type AccountsAsking =
  | { state: 'idle'; problems: PartProblem[] }
  | { state: 'asking' }
  | { state: 'failed'; problem: Problem };

export const useAccountsAsking = create<{ asking: AccountsAsking }>(() => ({
  asking: { state: 'idle', problems: [] },
}));

export async function refreshAccounts(): Promise<void> {
  useAccountsAsking.setState({ asking: { state: 'asking' } });
  try {
    const { accounts, problems } = await call('accounts.refresh', null);
    useAccounts.getState().put(() => accounts);
    useAccountsAsking.setState({ asking: { state: 'idle', problems } });
    useBalances.setState({ balances: {} });
  } catch (error) {
    useAccountsAsking.setState({ asking: { state: 'failed', problem: problemOf(error) } });
  }
}

export type Balance =
  | { state: 'asking' }
  | { state: 'known'; amount: number | null }
  | { state: 'failed'; problem: Problem };

export const useBalances = create<{ balances: Record<string, Balance> }>(() => ({ balances: {} }));

const putBalance = (accountId: string, balance: Balance): void =>
  useBalances.setState(({ balances }) => ({ balances: { ...balances, [accountId]: balance } }));

/** Asks once per account; a failure is asked again when the account is looked at anew. */
export async function loadBalance(accountId: string): Promise<void> {
  if (useBalances.getState().balances[accountId]) return;
  putBalance(accountId, { state: 'asking' });
  try {
    const { balance } = await call('accounts.balance', { accountId });
    putBalance(accountId, { state: 'known', amount: balance });
  } catch (error) {
    putBalance(accountId, { state: 'failed', problem: problemOf(error) });
  }
}

/** An account once, though several identities reach it. */
export function distinctAccounts(accounts: Account[]): Account[] {
  const seen = new Map<string, Account>();
  for (const account of accounts) if (!seen.has(account.id)) seen.set(account.id, account);
  return [...seen.values()];
}
