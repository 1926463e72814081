import { useMemo } from 'react';
import type { Account } from '../../../core/model/account.ts';
import { useAccounts } from '../../stores/accounts.ts';

const none: Account[] = [];

export const useAccountRows = (): Account[] =>
  useAccounts(({ resource }) => (resource.state === 'ready' ? resource.value : none));

/** The kind of an account by its id, as far as an identity here reaches it. */
export function useAccountKinds(): Map<string, Account['kind']> {
  const accounts = useAccountRows();
  return useMemo(() => new Map(accounts.map(({ id, kind }) => [id, kind])), [accounts]);
}
