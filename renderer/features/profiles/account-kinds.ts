import { useMemo } from 'react';
import type { Account } from '../../../core/model/fal/account.ts';
import { useAccounts } from '../../stores/accounts.ts';

const none: Account[] = [];

export const useAccountRows = (): Account[] =>
  useAccounts(({ resource }) => (resource.state === 'ready' ? resource.value : none));

/** The kinds of the known accounts, by id. */
export function useAccountKinds(): Map<string, Account['kind']> {
  const accounts = useAccountRows();
  return useMemo(() => new Map(accounts.map(({ id, kind }) => [id, kind])), [accounts]);
}
