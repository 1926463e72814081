import type { FalClients } from '../fal/clients.ts';
import type { AdminKeys } from '../keys/admin-keys.ts';
import type { AccountName } from '../model/fal/account.ts';
import type { BusyMinute } from './silence.ts';

/** Reads from fal's usage when a key was used. fal reports that to ADMIN keys of the account only. */
export function createUsageWatch(fal: () => Promise<FalClients>, adminKeys: AdminKeys) {
  return {
    /**
     * The minutes in which a key was used.
     * @param keyId null for any key of the account
     * @param since in milliseconds since 1970
     * @throws VarvelError `not_found` without an ADMIN key here, or why fal couldn't be asked
     */
    async busyMinutes(
      keyId: string | null,
      account: AccountName,
      since: number,
      signal?: AbortSignal,
    ): Promise<BusyMinute[]> {
      const { platform } = await fal();
      return adminKeys.ask(account, (admin) => platform.busyMinutes(keyId, since, admin, signal), signal);
    },
  };
}
