import { createLog } from '../activity/log.ts';
import { hasCode, inWords, VarvelError } from '../model/error.ts';
import { joinKey, type KeyParts, parseKey, type StoredKey } from '../model/fal/key.ts';
import type { Profile } from '../model/profile.ts';
import type { Intent } from '../ports/state.ts';
import { type Ports, secretName } from '../ports.ts';
import { createKeyRecords } from './key-records.ts';
import { secretMissing } from './missing.ts';

export type KeyStore = ReturnType<typeof createKeyStore>;

/**
 * Keys in the vault and their index entries. A crash can come between the two, so the secret is
 * stored first and indexed second, the reverse when forgetting, and an intent is recorded before both.
 */
export function createKeyStore(ports: Pick<Ports, 'secrets' | 'state' | 'clock' | 'warn'>) {
  const { secrets, state, warn } = ports;
  const addToLog = createLog(ports);
  const records = createKeyRecords(ports);
  const { keys, profiles, intents } = state;

  /** @throws VarvelError `vault_*`; the intent then stays for `recover`, since a slow vault may have stored it */
  async function store(key: StoredKey, parts: KeyParts): Promise<void> {
    const intent = intents.begin({ kind: 'store_key', key });
    await secrets.set(secretName.key(key.id), joinKey(parts));
    records.change(({ put }) => {
      put(key);
      intents.end(intent);
    });
  }

  /** @throws VarvelError `vault_*` for a keychain of which this key's secret is in no state to be deleted */
  async function refuseLocked(keyId: string): Promise<void> {
    // the other vault deletes without its passphrase
    if (secrets.kind !== 'keychain') return;
    await secrets.get(secretName.key(keyId)).catch((error: unknown) => {
      if (!hasCode(error, 'vault_other', 'vault_damaged')) throw error;
    });
    await secrets.refuseStale?.(secretName.key(keyId));
  }

  /**
   * Forgets a key here.
   * @param log called with the change
   * @returns the profiles that used it and now have no key
   * @throws VarvelError `vault_*` before anything was changed, if the keychain can't be used
   */
  async function forget(keyId: string, log: () => void = () => undefined): Promise<Profile[]> {
    await refuseLocked(keyId);
    const { profilesWithoutKey, deleteSecret } = forgetEntry(keyId, log);
    await deleteSecret();
    return profilesWithoutKey;
  }

  /**
   * Forgets a key that fal has just revoked: what says so here is written in any case. A secret that can't be deleted now is deleted later.
   * @param log called with the change
   * @returns the profiles that used it and now have no key
   */
  async function forgetRevoked(keyId: string, log: () => void = () => undefined): Promise<Profile[]> {
    const { profilesWithoutKey, deleteSecret } = forgetEntry(keyId, log);
    try {
      await deleteSecret();
    } catch (error) {
      const { message, hint } = inWords(error);
      void warn(
        `Key ${keyId} is revoked. Its secret is deleted here when the vault can be used again. ${message}`,
        hint,
      );
    }
    return profilesWithoutKey;
  }

  function forgetEntry(keyId: string, log: () => void) {
    const { intent, profilesWithoutKey } = state.transaction(() => {
      const users = profiles.withKey(keyId);
      for (const profile of users) profiles.put({ ...profile, keyId: null });
      keys.remove(keyId);
      log();
      return { intent: intents.begin({ kind: 'forget_key', keyId }), profilesWithoutKey: users };
    });
    const deleteSecret = async (): Promise<void> => {
      await secrets.delete(secretName.key(keyId));
      intents.end(intent);
    };
    return { profilesWithoutKey, deleteSecret };
  }

  /** The key with its secret; null when the unlocked vault doesn't hold it. */
  async function read(keyId: string): Promise<KeyParts | null> {
    const text = await secrets.get(secretName.key(keyId));
    return text === null ? null : parseKey(text);
  }

  /** Like `read`, but a secret that is in the other vault is none. */
  const readHere = (keyId: string): Promise<KeyParts | null> =>
    read(keyId).catch((error: unknown) => {
      if (hasCode(error, 'vault_other')) return null;
      throw error;
    });

  /** Like `readHere`, but `damaged` for a secret that can't be read. Only for what mustn't take that for gone. */
  const readOrDamaged = (keyId: string): Promise<KeyParts | 'damaged' | null> =>
    readHere(keyId).catch((error: unknown) => {
      if (hasCode(error, 'vault_damaged')) return 'damaged';
      throw error;
    });

  const logRecovered = (key: StoredKey, detail: string) =>
    addToLog({
      kind: 'key_recovered',
      account: key.account?.nickname ?? null,
      keyId: key.id,
      detail,
    });

  /** Finishes what an intent began. @returns the key that was added to the index, if one was */
  async function finish(intent: Intent, id: number): Promise<StoredKey | null> {
    if (intent.kind === 'forget_key') {
      if (!keys.get(intent.keyId)) await secrets.delete(secretName.key(intent.keyId));
      intents.end(id);
      return null;
    }
    const { key } = intent;
    const isThere = (await read(key.id)) !== null;
    return records.change(({ put }) => {
      const isNew = isThere && !keys.get(key.id);
      if (isNew) {
        put(key);
        logRecovered(key, 'interrupted before it was indexed');
      }
      intents.end(id);
      return isNew ? key : null;
    });
  }

  return {
    store,
    refuseLocked,
    forget,
    forgetRevoked,
    read,
    readHere,
    readOrDamaged,

    /** Stores a key of a backup, also in place of a damaged secret. @throws VarvelError `vault_*` */
    async restore(key: StoredKey, parts: KeyParts): Promise<void> {
      const isDamaged = (await readOrDamaged(key.id)) === 'damaged';
      if (isDamaged) await (secrets.deleteHere ?? secrets.delete)(secretName.key(key.id));
      await store(key, parts);
    },

    /** @throws VarvelError `not_found` */
    async readOrFail(keyId: string): Promise<KeyParts> {
      const parts = await read(keyId);
      if (parts) return parts;
      throw secretMissing(keyId);
    },

    /**
     * Finishes what a process that died left half done. Reads the vault only when there is something to do.
     * @returns the keys that were added to the index
     */
    async recover(): Promise<StoredKey[]> {
      const recovered: StoredKey[] = [];
      let failure: unknown = null;
      for (const { id, intent } of intents.abandoned()) {
        try {
          const key = await finish(intent, id);
          if (key) recovered.push(key);
        } catch (error) {
          // the others may still be finished
          if (!(error instanceof VarvelError)) throw error;
          failure ??= error;
        }
      }
      if (failure !== null && recovered.length === 0) throw failure;
      return recovered;
    },

    /**
     * Compares the whole vault with the index, and indexes keys that are only in the vault (after a database
     * was lost). Slow with many keys; for `varvel doctor`.
     * @returns also the keys whose secret neither vault has
     */
    async reconcile(): Promise<{ recovered: StoredKey[]; withoutSecret: StoredKey[] }> {
      const prefix = secretName.key('');
      // read first: a key that another process stores meanwhile is no key without a secret
      const before = keys.all();
      const inVault = new Set(
        (await secrets.names())
          .filter((name) => name.startsWith(prefix))
          .map((name) => name.slice(prefix.length)),
      );
      const known = new Set([...before, ...keys.all()].map(({ id }) => id));
      const recovered = [...inVault]
        .filter((id) => !known.has(id))
        .map((id): StoredKey => ({ id, alias: null, scope: null, account: null, createdAt: null }));
      records.change(({ put }) => {
        for (const key of recovered) {
          put(key);
          logRecovered(key, 'found in the vault, missing in the index');
        }
      });
      const isElsewhere = (id: string): boolean =>
        state.secretVaults.otherThan(secrets.kind, secretName.key(id)) !== null;
      return {
        recovered,
        withoutSecret: before.filter(({ id }) => !inVault.has(id) && !isElsewhere(id)),
      };
    },
  };
}
