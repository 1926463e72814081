import { createLog } from '../activity/log.ts';
import { isYetToCome } from '../fal/fal-time.ts';
import type { KeyAccess, KeyManager } from '../keys/key-access.ts';
import type { KeyStore } from '../keys/key-store.ts';
import { VarvelError } from '../model/error.ts';
import type { RemoteKey } from '../model/fal/key.ts';
import { longestPauseMs, settleMs, type TemporaryKey } from '../model/fal/temporary-key.ts';
import type { Ports } from '../ports.ts';
import { isDueHere } from './due.ts';

export interface RevokedKeys {
  revoked: TemporaryKey[];
  failed: { key: TemporaryKey; error: VarvelError }[];
}

/** How soon to look again for a key whose creation was interrupted, in milliseconds. */
const settleStepMs = 5000;

/** How long to wait after a failure before the next attempt, in milliseconds. */
const retryMs = (failures: number): number => Math.min(5000 * 2 ** (failures - 1), longestPauseMs);

/**
 * Revokes the temporary keys that are due, each as often as it takes: revoking a key that is gone is no error, so any
 * number of processes may do this at once, and die at any moment.
 */
export async function revokeDue(
  ports: Pick<Ports, 'state' | 'clock' | 'http'>,
  { keyAccess, store }: { keyAccess: KeyAccess; store: KeyStore },
  signal?: AbortSignal,
): Promise<RevokedKeys> {
  const { state, clock, http } = ports;
  const { temporaryKeys } = state;
  const addToLog = createLog(ports);
  const lists = new Map<string, Promise<RemoteKey[]>>();

  const listOf = (manager: KeyManager): Promise<RemoteKey[]> => {
    const list = lists.get(manager.account.id) ?? manager.list(signal);
    lists.set(manager.account.id, list);
    return list;
  };

  /** @throws VarvelError `not_signed_in`: only a sign-in manages ADMIN keys */
  function managerOf({ alias, scope, account }: TemporaryKey): KeyManager {
    const manager = keyAccess.for(account.id);
    if (manager?.lists(scope)) return manager;
    const who = scope === 'ADMIN' ? 'nobody is' : 'no ADMIN key of it is here, and nobody is';
    throw new VarvelError(
      'not_signed_in',
      `The temporary key “${alias}” can’t be revoked: ${who} signed in to ${account.nickname}.`,
      { action: 'sign_in', connection: null },
    );
  }

  /** False while fal may still be creating it. */
  async function revoke(key: TemporaryKey): Promise<boolean> {
    const manager = managerOf(key);
    if (!key.ended) {
      // it may be in use somewhere, and only this machine's clock be ahead; while it slept, what fal said has aged
      if (http.serverNow() === null || isYetToCome(key.expiresAt, http)) await listOf(manager);
      if (isYetToCome(key.expiresAt, http)) {
        temporaryKeys.put({ ...key, retryAt: clock.now() + longestPauseMs });
        return false;
      }
    }
    const ids =
      key.keyId === null
        ? (await listOf(manager)).filter(({ alias }) => alias === key.alias).map(({ id }) => id)
        : [key.keyId];
    const now = clock.now();
    // a time far ahead was written while the clock was
    if (ids.length === 0 && Math.abs(now - key.createdAt) < settleMs) {
      temporaryKeys.put({ ...key, retryAt: now + settleStepMs });
      return false;
    }
    for (const id of ids) {
      await manager.revoke(id, signal);
      if (state.keys.get(id)) await store.forget(id);
    }
    state.transaction(() => {
      // another process may have done the same
      if (!temporaryKeys.remove(key.alias)) return;
      for (const keyId of ids)
        addToLog({
          kind: 'key_revoked',
          identityId: manager.identityId,
          account: key.account.nickname,
          keyId,
          detail: 'temporary',
        });
    });
    return true;
  }

  const result: RevokedKeys = { revoked: [], failed: [] };
  for (const key of temporaryKeys.all().filter((each) => isDueHere(state, each, clock.now()))) {
    try {
      if (await revoke(key)) result.revoked.push(key);
    } catch (error) {
      if (!(error instanceof VarvelError) || error.code === 'cancelled') throw error;
      const failures = key.failures + 1;
      temporaryKeys.put({
        ...key,
        failures,
        retryAt: clock.now() + retryMs(failures),
        problem: error.message,
      });
      result.failed.push({ key, error });
    }
  }
  return result;
}
