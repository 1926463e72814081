import { createLog } from '../activity/log.ts';
import type { KeyAccess, KeyManager } from '../keys/key-access.ts';
import type { KeyStore } from '../keys/key-store.ts';
import type { KeyTest } from '../keys/key-test.ts';
import { refuseAlive } from '../keys/revoke-at-fal.ts';
import { VarvelError } from '../model/error.ts';
import type { StoredKey } from '../model/fal/key.ts';
import type { JournalEntry, Rotation } from '../model/machine/rotation.ts';
import type { Ports } from '../ports.ts';
import { createJournal } from './consumers/journal.ts';
import { randomDigits, withDigits } from './generation.ts';

/** Creates the key that replaces another one, so that no crash leaves a key at fal that nobody holds. */
export function createSuccessor(
  ports: Pick<Ports, 'state' | 'secrets' | 'clock'>,
  { keyAccess, store, test }: { keyAccess: KeyAccess; store: KeyStore; test: KeyTest },
) {
  const { state, clock } = ports;
  const addToLog = createLog(ports);
  const journal = createJournal(ports);

  /** @throws VarvelError `not_signed_in` */
  function managerOf({ account, oldKeyId, scope }: Rotation): KeyManager {
    const manager = keyAccess.for(account.id);
    if (manager?.lists(scope)) return manager;
    // an ADMIN key sees no ADMIN keys: fal answers 204 for one that it doesn't revoke
    if (manager)
      throw new VarvelError(
        'not_signed_in',
        `Key ${oldKeyId} can’t be rotated now: an ADMIN key of ${account.nickname} only manages API keys.`,
        { action: 'sign_in_for_admin_key' },
      );
    throw new VarvelError(
      'not_signed_in',
      `Key ${oldKeyId} can’t be rotated now: nobody is signed in to ${account.nickname}, and no ADMIN key of it is here.`,
      { action: 'sign_in', connection: null },
    );
  }

  const attempts = ({ id }: Rotation): JournalEntry[] =>
    state.rotations.journal(id).filter(({ kind }) => kind === 'create');

  /** The key that an attempt created: its secret is in the vault, and fal still has it. */
  async function find(
    rotation: Rotation,
    manager: KeyManager,
    signal?: AbortSignal,
  ): Promise<Rotation | null> {
    const tried = attempts(rotation);
    if (tried.length === 0) return null;
    for (const key of await manager.list(signal)) {
      const entry = tried.find(({ subject }) => subject === key.alias);
      const parts = entry && (await store.read(key.id));
      if (!entry || !parts) continue;
      // it may be in the vault only
      if (!state.keys.get(key.id)) await store.store(key, parts);
      return keep(rotation, entry, manager, key.id);
    }
    return null;
  }

  /** Writes that an attempt has succeeded. @returns the rotation with its new key */
  function keep(
    rotation: Rotation,
    entry: JournalEntry,
    { identityId }: KeyManager,
    newKeyId: string,
  ): Rotation {
    const { id, oldKeyId, account, scope } = rotation;
    const alias = entry.subject;
    return state.transaction(() => {
      if (entry.doneAt === null) {
        state.rotateBy.copy(oldKeyId, newKeyId);
        const [nickname, detail] = [account.nickname, `${scope} ${alias}`];
        addToLog({ kind: 'key_created', identityId, account: nickname, keyId: newKeyId, detail });
        state.rotations.note(id, [{ ...entry, doneAt: clock.now() }]);
      }
      return { ...rotation, alias, newKeyId };
    });
  }

  /**
   * Revokes the keys of attempts whose answer was lost: no secret, so nothing can use them. A key that an attempt
   * stored is never lost, even if its secret was forgotten since: somebody may have it elsewhere.
   */
  async function revokeLost(rotation: Rotation, manager: KeyManager, signal?: AbortSignal): Promise<void> {
    const lost = new Set(
      attempts(rotation).flatMap((entry) => (entry.doneAt === null ? [entry.subject] : [])),
    );
    if (lost.size === 0) return;
    const { account, oldKeyId, newKeyId } = rotation;
    for (const { id, alias } of await manager.list(signal)) {
      if (alias === null || !lost.has(alias) || id === newKeyId || id === oldKeyId) continue;
      if ((await store.read(id)) !== null) continue;
      await manager.revoke(id, signal);
      await store.forget(id, () =>
        addToLog({
          kind: 'key_revoked',
          identityId: manager.identityId,
          account: account.nickname,
          keyId: id,
          detail: 'its secret was lost',
        }),
      );
    }
  }

  return {
    managerOf,
    revokeLost,

    /**
     * What an attempt created before the rotation went back; null when nothing is there to be taken back.
     * @throws VarvelError `not_signed_in`, as KeyManager.list, `vault_*`
     */
    found: async (rotation: Rotation, signal?: AbortSignal): Promise<Rotation | null> =>
      attempts(rotation).length === 0 ? null : find(rotation, managerOf(rotation), signal),

    /** Revokes a key and deletes its secret here. @throws VarvelError `conflict` when fal may still take it */
    async discard(manager: KeyManager, keyId: string, signal?: AbortSignal): Promise<void> {
      const isListed = (await manager.list(signal)).some(({ id }) => id === keyId);
      await manager.revoke(keyId, signal);
      const key = state.keys.get(keyId);
      if (key && !isListed) await refuseAlive({ store, test }, key, manager.account, signal);
      await store.forget(keyId);
    },

    /**
     * Creates the key and stores it, or finds the one that an earlier attempt stored. Each attempt has an alias of its
     * own, in the journal before fal is asked: a copy of this home that goes on, too, never takes this one's key for its own.
     * @returns the rotation with its new key
     * @throws VarvelError as KeyManager.create, `vault_*`; what fal may have created is then found by the next attempt
     */
    async create(rotation: Rotation, signal?: AbortSignal): Promise<Rotation> {
      const manager = managerOf(rotation);
      await ports.secrets.prepare();
      const found = await find(rotation, manager, signal);
      if (found) return found;
      await revokeLost(rotation, manager, signal);
      const { scope } = rotation;
      const alias = withDigits(rotation.alias, randomDigits());
      const entry = journal.begun(rotation, 'create', alias);
      journal.note(rotation, [entry]);
      const parts = await manager.create(alias, scope, signal);
      const key: StoredKey = { id: parts.id, alias, scope, account: manager.account, createdAt: clock.now() };
      await store.store(key, parts);
      return keep(rotation, entry, manager, key.id);
    },
  };
}
