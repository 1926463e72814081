import type { KeyAccess, KeyManager } from '../keys/key-access.ts';
import type { KeyTest } from '../keys/key-test.ts';
import { hasCode, VarvelError } from '../model/error.ts';
import type { StoredKey } from '../model/fal/key.ts';
import { type Verdict, verdictHint } from '../model/fal/verdict.ts';
import type { Ports } from '../ports.ts';
import { unsure } from './turns.ts';

/** Whether a key can be rotated, and as which key of which account. */
export function createRotatable(
  { state }: Pick<Ports, 'state'>,
  { keyAccess, test }: { keyAccess: KeyAccess; test: KeyTest },
) {
  /** The key with its scope and account, which a test shows if they aren't known. */
  async function known(key: StoredKey, signal?: AbortSignal) {
    if (state.temporaryKeys.all().some(({ keyId }) => keyId === key.id))
      throw new VarvelError(
        'conflict',
        `Key ${key.id} is temporary: it isn’t rotated.`,
        'Create a key that stays.',
      );
    return identified(key.scope && key.account ? key : (await test.one(key, signal)).key);
  }

  function identified(key: StoredKey) {
    const { scope, account } = key;
    if (scope && account) return { ...key, scope, account };
    throw new VarvelError(
      'refused',
      `Key ${key.id} can’t be rotated: fal doesn’t say which account it belongs to.`,
      { action: 'test_keys' },
    );
  }

  /**
   * The key as fal knows it. What is on record may come from a backup: fal would create the new key in another account, and
   * wouldn't revoke this one.
   * @throws VarvelError `conflict` when the record was untrue, or as the verdict when fal doesn't say now
   */
  async function verified(given: StoredKey, signal?: AbortSignal) {
    const before = await known(given, signal);
    const { key, verdict } = await test.one(before, signal);
    if (unsure.includes(verdict.kind)) throw notTested(key.id, verdict);
    const now = identified(key);
    if (now.account.id === before.account.id && now.scope === before.scope) return now;
    throw new VarvelError(
      'conflict',
      `Key ${key.id} is an ${now.scope} key of ${now.account.nickname}, and was taken for an ${before.scope} key of ${before.account.nickname}. That is put right; nothing was rotated.`,
      'Look at what uses the key, and rotate it again.',
    );
  }

  /** On a new machine, no accounts have been read yet. Undefined when nothing here reaches this one. */
  async function managerFromFal(accountId: string, signal?: AbortSignal): Promise<KeyManager | undefined> {
    try {
      return await keyAccess.find(accountId, signal);
    } catch (error) {
      if (!hasCode(error, 'not_signed_in', 'not_found')) throw error;
      return undefined;
    }
  }

  /** @throws VarvelError `not_signed_in` unless a key of this scope can be created in the account now */
  async function refuseUnreachable(
    key: { id: string; scope: string; account: { id: string; nickname: string } },
    signal?: AbortSignal,
  ): Promise<void> {
    const manager = keyAccess.for(key.account.id) ?? (await managerFromFal(key.account.id, signal));
    if (manager && (key.scope !== 'ADMIN' || manager.identityId !== null)) return;
    throw manager
      ? new VarvelError('not_signed_in', `Key ${key.id} is an ADMIN key, which only a sign-in can create.`, {
          action: 'sign_in_for_admin_key',
        })
      : new VarvelError(
          'not_signed_in',
          `Key ${key.id} can’t be rotated: nobody is signed in to ${key.account.nickname}, and no ADMIN key of it is here.`,
          { action: 'sign_in', connection: null },
        );
  }

  return { known, verified, refuseUnreachable };
}

const notTested = (keyId: string, verdict: Verdict) =>
  new VarvelError(
    'unreachable',
    `Key ${keyId} can’t be rotated now: it can’t be tested. ${verdict.message}`,
    verdictHint(verdict, keyId),
  );
