import type { FalClients } from '../fal/clients.ts';
import { hasCode, VarvelError } from '../model/error.ts';
import type { AccountName } from '../model/fal/account.ts';
import type { KeyParts } from '../model/fal/key.ts';
import type { Ports } from '../ports.ts';
import type { KeyStore } from './key-store.ts';

export type AdminKeys = ReturnType<typeof createAdminKeys>;

/**
 * The ADMIN keys here, by account. What is stored of a key may come from somebody's backup, so a key acts for an account
 * only once fal itself has said that it is of that account.
 */
export function createAdminKeys(
  { state }: Pick<Ports, 'state'>,
  fal: () => Promise<Pick<FalClients, 'rest'>>,
  store: Pick<KeyStore, 'readOrFail'>,
) {
  /** The accounts of keys, as fal has said since this process started. */
  const confirmed = new Map<string, string>();

  /**
   * The key, once fal has said that it is of this account.
   * @throws VarvelError `conflict` for a key of another account, `not_found`, `vault_*`, what fal answers
   */
  async function read(keyId: string, account: AccountName, signal?: AbortSignal): Promise<KeyParts> {
    const key = await store.readOrFail(keyId);
    if (confirmed.get(keyId) === account.id) return key;
    const owner = await (await fal()).rest.accountOf({ kind: 'key', key }, signal);
    if (owner.id !== account.id)
      throw new VarvelError(
        'conflict',
        `The ADMIN key ${keyId} is a key of ${owner.nickname}, not of ${account.nickname}.`,
        'Test the key, so that Varvel knows whose it is.',
      );
    confirmed.set(keyId, owner.id);
    return key;
  }

  return {
    read,

    /** The accounts that an ADMIN key here is said to be of. */
    accounts(): AccountName[] {
      const found = new Map<string, AccountName>();
      for (const { scope, account } of state.keys.all())
        if (scope === 'ADMIN' && account && !found.has(account.id)) found.set(account.id, account);
      return [...found.values()];
    },

    /**
     * Asks fal with an account's ADMIN keys, one after the other until one is answered: some may have been revoked, have
     * lost their secret, be in the other vault, or be of another account. After any other failure fal may have done what it was asked.
     * @throws VarvelError `not_found` without an ADMIN key here, why the last one failed, `vault_*`, `cancelled`
     */
    async ask<T>(
      account: AccountName,
      question: (key: KeyParts) => Promise<T>,
      signal?: AbortSignal,
    ): Promise<T> {
      let failure: VarvelError = noAdminKey(account);
      for (const { id, scope, account: owner } of state.keys.all()) {
        if (scope !== 'ADMIN' || owner?.id !== account.id) continue;
        try {
          return await question(await read(id, account, signal));
        } catch (error) {
          if (!isOfKey(error)) throw error;
          failure = error;
        }
      }
      throw failure;
    },
  };
}

/** Whether another key may be answered. */
const isOfKey = (error: unknown): error is VarvelError =>
  hasCode(error, 'unauthorized', 'forbidden', 'locked', 'not_found', 'conflict', 'vault_other');

/** No ADMIN key of an account, or of any, is here. */
export function noAdminKey(account: AccountName | null): VarvelError {
  const whose = account ? ` of ${account.nickname}` : '';
  return new VarvelError('not_found', `No ADMIN key${whose} here.`, { action: 'create_admin_key', account });
}
