import { createLog } from '../activity/log.ts';
import type { KeyAccess, KeyManager } from '../keys/key-access.ts';
import type { KeyStore } from '../keys/key-store.ts';
import { hasCode, VarvelError } from '../model/error.ts';
import type { KeyParts, RemoteKey, Scope } from '../model/fal/key.ts';
import { type AliveKey, settleMs, type TemporaryKey } from '../model/fal/temporary-key.ts';
import type { Ports } from '../ports.ts';
import { isDueHere } from './due.ts';
import type { RevokedKeys } from './revoke-due.ts';
import { randomDigits, readTemporaryAlias, temporaryAlias } from './temporary-alias.ts';

export type TemporaryKeys = ReturnType<typeof createTemporaryKeys>;

/** What to create. */
export interface NewTemporaryKey {
  name: string;
  scope: Scope;
  ttlMs: number;
}

/**
 * Keys that end by themselves. Each is in the database before fal is asked for it, so no crash leaves one that nobody
 * revokes; and its end is in its alias, so any Varvel of its account can do it.
 */
export function createTemporaryKeys(
  ports: Pick<Ports, 'state' | 'clock' | 'http'>,
  parts: { keyAccess: KeyAccess; store: KeyStore },
) {
  const { state, clock } = ports;
  const { keyAccess } = parts;
  const { temporaryKeys } = state;
  const addToLog = createLog(ports);

  /**
   * Creates a key at fal. If this process dies, its key is revoked, until `leaveToTime` or `holdBy` says otherwise.
   * @throws VarvelError as KeyManager.create; what fal may have created is revoked by the next Varvel
   */
  async function create(
    manager: KeyManager,
    { name, scope, ttlMs }: NewTemporaryKey,
    signal?: AbortSignal,
  ): Promise<{ key: TemporaryKey; parts: KeyParts }> {
    const createdAt = clock.now();
    const expiresAt = Math.floor((createdAt + ttlMs) / 1000) * 1000;
    const alias = temporaryAlias(name, expiresAt, randomDigits());
    const key: TemporaryKey = {
      alias,
      keyId: null,
      scope,
      account: manager.account,
      createdAt,
      expiresAt,
      held: true,
      ended: false,
      problem: null,
      failures: 0,
      retryAt: 0,
    };
    state.transaction(() => {
      temporaryKeys.put(key);
      temporaryKeys.hold(alias, 'this process');
    });
    const made = await manager.create(alias, scope, signal).catch((error: unknown) => {
      // fal may have created it when its answer was lost
      if (hasCode(error, 'unreachable', 'cancelled', 'server_error')) temporaryKeys.end(alias);
      else temporaryKeys.remove(alias);
      throw error;
    });
    // when fal answered: a list that was asked for before doesn't have it
    const known = { ...key, keyId: made.id, createdAt: clock.now() };
    state.transaction(() => {
      temporaryKeys.put(known);
      addToLog({
        kind: 'key_created',
        identityId: manager.identityId,
        account: manager.account.nickname,
        keyId: made.id,
        detail: `${scope} ${name}, temporary`,
      });
    });
    return { key: known, parts: made };
  }

  const revokeDue = async (signal?: AbortSignal): Promise<RevokedKeys> =>
    (await import('./revoke-due.ts')).revokeDue(ports, parts, signal);

  return {
    create,

    /** The same in a named account, or in the default one. @throws VarvelError as KeyAccess.find and `create` */
    createIn: async (account: string | null, wanted: NewTemporaryKey, signal?: AbortSignal) =>
      create(await keyAccess.find(account, signal), wanted, signal),

    all: (): TemporaryKey[] => temporaryKeys.all(),

    /** Those that work now, the next to end first. */
    alive: (): AliveKey[] =>
      temporaryKeys.all().flatMap(({ alias, keyId, account, expiresAt, held, ended }) => {
        if (keyId === null || ended || expiresAt <= clock.now()) return [];
        return [{ id: keyId, name: readTemporaryAlias(alias)?.name ?? alias, account, expiresAt, held }];
      }),

    /** Whether one is to be revoked now. Cheap: no vault, no network. */
    anyDue: (): boolean => temporaryKeys.all().some((key) => isDueHere(state, key, clock.now())),

    /** Only its time ends the key, whatever becomes of this process. */
    leaveToTime: ({ alias }: TemporaryKey): void => temporaryKeys.hold(alias, null),

    /** The key ends with a program. @param pid the program's process */
    holdBy: ({ alias }: TemporaryKey, pid: number): void => temporaryKeys.hold(alias, pid),

    /** What the key was made for is over. `revokeDue` revokes it. */
    end: ({ alias }: TemporaryKey): void => temporaryKeys.end(alias),

    /** The key was revoked by hand. */
    forgetRevoked(keyId: string): void {
      for (const key of temporaryKeys.all()) if (key.keyId === keyId) temporaryKeys.remove(key.alias);
    },

    /**
     * Learns from an account's list: temporary keys of other machines are revoked from here too when their time is over,
     * and those that are gone at fal end here.
     * @param askedAt when fal was asked: a key that was created later, or shortly before, may not be in its answer
     */
    learn(manager: KeyManager, listed: readonly RemoteKey[], askedAt: number): void {
      const known = new Map(temporaryKeys.all().map((key) => [key.alias, key]));
      const atFal = new Set(listed.map(({ id }) => id));
      for (const { id, alias, scope, account } of listed) {
        const read = readTemporaryAlias(alias);
        if (alias === null || !read || known.has(alias)) continue;
        const { expiresAt } = read;
        const times = { createdAt: askedAt, expiresAt, failures: 0, retryAt: 0, problem: null };
        temporaryKeys.put({ alias, keyId: id, scope, account, ...times });
      }
      for (const { alias, keyId, scope, account, createdAt } of known.values()) {
        const isListed =
          account.id === manager.account.id && manager.lists(scope) && createdAt + settleMs < askedAt;
        if (!isListed || keyId === null || atFal.has(keyId)) continue;
        // its secret here is of no use any more: `revokeDue` deletes it
        if (state.keys.get(keyId)) temporaryKeys.end(alias);
        else temporaryKeys.remove(alias);
      }
    },

    /**
     * Revokes those that are due. Those that can't be revoked stay, and are tried again.
     * @throws VarvelError `cancelled`, `storage_*`
     */
    revokeDue,

    /**
     * Revokes a key before its time. If that fails now, any Varvel tries again.
     * @throws VarvelError `not_found` when it is gone, or why it couldn't be revoked
     */
    async endNow(keyId: string, signal?: AbortSignal): Promise<void> {
      const key = temporaryKeys.all().find((each) => each.keyId === keyId);
      if (!key) throw new VarvelError('not_found', `Key ${keyId} has ended already.`, '');
      temporaryKeys.end(key.alias);
      const { failed } = await revokeDue(signal);
      const failure = failed.find(({ key: { alias } }) => alias === key.alias);
      if (failure) throw failure.error;
    },
  };
}
