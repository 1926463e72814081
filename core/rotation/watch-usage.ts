import type { FalClients } from '../fal/clients.ts';
import type { KeyStore } from '../keys/key-store.ts';
import { hasCode, isVaultProblem, VarvelError } from '../model/error.ts';
import type { AccountName } from '../model/fal/account.ts';
import type { Ports } from '../ports.ts';
import type { BusyMinute } from './silence.ts';

/** Reads from fal's usage when a key was used. fal reports that to ADMIN keys of the account only. */
export function createUsageWatch(
  { state }: Pick<Ports, 'state'>,
  fal: () => Promise<FalClients>,
  store: KeyStore,
) {
  return {
    /**
     * The minutes in which a key was used.
     * @param since in milliseconds since 1970
     * @throws VarvelError `not_found` without an ADMIN key here, or why fal couldn't be asked
     */
    async busyMinutes(
      keyId: string,
      account: AccountName,
      since: number,
      signal?: AbortSignal,
    ): Promise<BusyMinute[]> {
      const admins = state.keys
        .all()
        .filter(({ scope, account: owner }) => scope === 'ADMIN' && owner?.id === account.id);
      let failure: VarvelError | null = null;
      for (const { id } of admins) {
        try {
          return await (await fal()).platform.busyMinutes(keyId, since, await store.readOrFail(id), signal);
        } catch (error) {
          // one of several may have been revoked, or have lost its secret
          if (!(error instanceof VarvelError) || error.code === 'cancelled' || isVaultProblem(error))
            throw error;
          failure = error;
          if (hasCode(error, 'unreachable')) break;
        }
      }
      throw (
        failure ??
        new VarvelError('not_found', `No ADMIN key of ${account.nickname} here.`, {
          action: 'create_admin_key',
          account,
        })
      );
    },
  };
}
