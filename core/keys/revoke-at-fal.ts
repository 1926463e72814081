import { VarvelError } from '../model/error.ts';
import type { AccountName } from '../model/fal/account.ts';
import type { StoredKey } from '../model/fal/key.ts';
import { verdictWord } from '../model/fal/verdict.ts';
import type { KeyView } from '../model/key-view.ts';
import type { KeyAccess, KeyManager } from './key-access.ts';
import type { KeyStore } from './key-store.ts';
import type { KeyTest } from './key-test.ts';

/**
 * Revokes a key at fal. fal answers 204 also for a key that it doesn't revoke: an ADMIN key's, or one of another account. So a key
 * that isn't in the account's list is tested afterwards.
 * @returns who revoked it
 * @throws VarvelError `not_signed_in` when nothing here reaches its account or an ADMIN key can't do it, `conflict` when
 * fal may still take it
 */
export async function revokeAtFal(
  { keyAccess, store, test }: { keyAccess: KeyAccess; store: KeyStore; test: KeyTest },
  key: KeyView,
  signal?: AbortSignal,
): Promise<KeyManager> {
  const manager = key.account ? keyAccess.for(key.account.id) : undefined;
  if (!manager) {
    throw new VarvelError(
      'not_signed_in',
      `Key ${key.id} can’t be revoked here: you are not signed in to its account.`,
      { action: 'sign_in_or_forget', keyId: key.id },
    );
  }
  if (key.scope !== null && !manager.lists(key.scope)) {
    throw new VarvelError(
      'not_signed_in',
      `Key ${key.id} can’t be revoked here: an ADMIN key of ${manager.account.nickname} only manages API keys.`,
      { action: 'sign_in_for_admin_key' },
    );
  }
  await manager.revoke(key.id, signal);
  if (key.remote !== true) await refuseAlive({ store, test }, key, manager.account, signal);
  return manager;
}

/**
 * Tests a key that was revoked without being in the account's list, if its secret is here.
 * @throws VarvelError `conflict` when fal may still take it, as KeyTest.one
 */
export async function refuseAlive(
  { store, test }: { store: KeyStore; test: KeyTest },
  key: StoredKey,
  { nickname }: AccountName,
  signal?: AbortSignal,
): Promise<void> {
  if ((await store.readHere(key.id)) === null) return;
  const { verdict } = await test.one(key, signal);
  if (verdict.kind === 'invalid') return;
  throw new VarvelError(
    'conflict',
    `Key ${key.id} may still work: ${nickname} doesn’t list it, and a test after its revoke says “${verdictWord(verdict.kind)}”. Its secret stays here.`,
    'The test says whose it is: revoke it in that account. Or try again in a minute.',
  );
}
