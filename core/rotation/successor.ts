import { createLog } from '../activity/log.ts';
import type { KeyAccess, KeyManager } from '../keys/key-access.ts';
import type { KeyStore } from '../keys/key-store.ts';
import type { KeyTest } from '../keys/key-test.ts';
import { refuseAlive } from '../keys/revoke-at-fal.ts';
import { VarvelError } from '../model/error.ts';
import type { StoredKey } from '../model/fal/key.ts';
import type { Rotation } from '../model/machine/rotation.ts';
import type { Ports } from '../ports.ts';

/** Creates the key that replaces another one, so that no crash leaves a key at fal that nobody holds. */
export function createSuccessor(
  ports: Pick<Ports, 'state' | 'secrets' | 'clock'>,
  { keyAccess, store, test }: { keyAccess: KeyAccess; store: KeyStore; test: KeyTest },
) {
  const { state, clock } = ports;
  const addToLog = createLog(ports);

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

  /** Revokes the keys with the rotation's alias, besides the one that it uses: their secrets were lost. */
  async function revokeLost(rotation: Rotation, manager: KeyManager, signal?: AbortSignal): Promise<void> {
    for (const { id, alias } of await manager.list(signal)) {
      if (alias !== rotation.alias || id === rotation.newKeyId || id === rotation.oldKeyId) continue;
      await discard(manager, id, signal);
    }
  }

  /** Revokes a key and deletes its secret here. @throws VarvelError `conflict` when fal may still take it */
  async function discard(manager: KeyManager, keyId: string, signal?: AbortSignal): Promise<void> {
    const isListed = (await manager.list(signal)).some(({ id }) => id === keyId);
    await manager.revoke(keyId, signal);
    const key = state.keys.get(keyId);
    if (key && !isListed) await refuseAlive({ store, test }, key, manager.account, signal);
    await store.forget(keyId);
  }

  return {
    managerOf,
    discard,
    revokeLost,

    /**
     * Creates the key and stores it, or finds the one that an earlier attempt stored.
     * @throws VarvelError as KeyManager.create, `vault_*`; what fal may have created is then found by the next attempt
     */
    async create(rotation: Rotation, signal?: AbortSignal): Promise<StoredKey> {
      const { alias, scope, account, direction } = rotation;
      const manager = managerOf(rotation);
      const begunAt = clock.now();
      const entry = { direction, kind: 'create', subject: alias, begunAt, problem: null } as const;
      const isFirst = !state.rotations.journal(rotation.id).some(({ kind }) => kind === 'create');
      await ports.secrets.prepare();
      if (!isFirst) {
        const atFal = new Set((await manager.list(signal)).map(({ id }) => id));
        for (const key of state.keys.all()) {
          if (key.alias !== alias || key.account?.id !== account.id) continue;
          if (atFal.has(key.id) && (await store.read(key.id)) !== null) return key;
          await store.forget(key.id);
        }
        await revokeLost(rotation, manager, signal);
      }
      state.rotations.note(rotation.id, [{ ...entry, doneAt: null }]);
      const parts = await manager.create(alias, scope, signal);
      const key: StoredKey = { id: parts.id, alias, scope, account: manager.account, createdAt: clock.now() };
      await store.store(key, parts);
      state.rotateBy.copy(rotation.oldKeyId, key.id);
      addToLog({
        kind: 'key_created',
        identityId: manager.identityId,
        account: account.nickname,
        keyId: key.id,
        detail: `${scope} ${alias}`,
      });
      state.rotations.note(rotation.id, [{ ...entry, doneAt: clock.now() }]);
      return key;
    },
  };
}
