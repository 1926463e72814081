import { createLog } from '../activity/log.ts';
import type { ActivityKind } from '../model/activity.ts';
import { hasCode, inWords, VarvelError } from '../model/error.ts';
import { checkAlias } from '../model/fal/alias.ts';
import {
  isSwapped,
  joinKey,
  looksUsual,
  parseKey,
  pastedKey,
  type Scope,
  type StoredKey,
} from '../model/fal/key.ts';
import { misplaced, refuseOtherSecret } from '../model/fal/misplaced-secret.ts';
import type { Verdict } from '../model/fal/verdict.ts';
import type { KeyView } from '../model/key-view.ts';
import { checkProfileName, type Profile } from '../model/profile.ts';
import type { Ports } from '../ports.ts';
import { accountFollowedWords } from '../profiles/account-followed.ts';
import type { Profiles } from '../profiles/profiles.ts';
import { readTemporaryAlias } from '../temporary/temporary-alias.ts';
import type { TemporaryKeys } from '../temporary/temporary-keys.ts';
import type { KeyAccess } from './key-access.ts';
import type { KeyList } from './key-list.ts';
import { createKeyRecords } from './key-records.ts';
import type { KeyStore } from './key-store.ts';
import type { KeyTest } from './key-test.ts';
import { isOf, matching } from './matching.ts';
import { onlyAtFal } from './missing.ts';
import { revokeAtFal } from './revoke-at-fal.ts';

export interface CreateKeyRequest {
  alias: string;
  scope: Scope;
  /** Nickname or id; null for the usual account. */
  account: string | null;
  /** The profile to create with the new key, or to update. */
  profile: string | null;
  /** How long a temporary key lives, in milliseconds; null for a key that stays. */
  ttlMs: number | null;
}

export type CreatedKey =
  | { outcome: 'stored'; key: StoredKey; profile: Profile | null }
  /** fal created the key but the vault failed: this is the only chance to keep the secret. */
  | { outcome: 'not_stored'; key: StoredKey; secret: string; error: VarvelError };

export interface AddedKey {
  key: StoredKey;
  profile: Profile | null;
  /** It was already here, with the same secret. */
  already: boolean;
  /** It isn't in fal's usual format. */
  unusual: boolean;
  verdict: Verdict;
}

export type Keys = ReturnType<typeof createKeys>;

/** API keys, here and at fal. */
export function createKeys(
  {
    state,
    secrets,
    clock,
    warn,
    uninterrupted,
  }: Pick<Ports, 'state' | 'secrets' | 'clock' | 'warn' | 'uninterrupted'>,
  parts: {
    keyAccess: KeyAccess;
    keyList: KeyList;
    store: KeyStore;
    test: KeyTest;
    profiles: Profiles;
    temporaryKeys: Pick<TemporaryKeys, 'all' | 'create' | 'leaveToTime' | 'forgetRevoked'>;
  },
) {
  const { keyAccess, keyList, store, test, profiles, temporaryKeys } = parts;
  const addToLog = createLog({ state, clock });
  const records = createKeyRecords({ state, clock, warn });

  function log(
    kind: ActivityKind,
    key: Omit<StoredKey, 'createdAt'>,
    identityId: string | null,
    detail = '',
  ) {
    addToLog({
      kind,
      identityId,
      account: key.account?.nickname ?? null,
      keyId: key.id,
      detail,
    });
  }

  /** Creates a profile for a key, or sets the key of the existing one. */
  function setProfileKey(name: string, key: StoredKey): Profile {
    const { profile, accountFollowed } = state.profiles.get(name)
      ? profiles.set(name, { key })
      : profiles.create(name, { key });
    if (accountFollowed) void warn(accountFollowedWords(name, accountFollowed));
    return profile;
  }

  const find = (text: string, account: string | null = null): StoredKey =>
    matching(text, state.keys.all().filter(isOf(account)), state.profiles.all());

  const findAnywhere = async (text: string, account: string | null, signal?: AbortSignal): Promise<KeyView> =>
    matching(text, (await keyList.list(account, signal)).keys, state.profiles.all());

  return {
    list: keyList.list,
    here: keyList.here,

    /**
     * Finds a stored key by its id, its alias, a profile that uses it, or the beginning of its id.
     * @param account nickname or id, to tell apart keys with the same alias
     * @throws VarvelError `not_found`, `ambiguous`
     */
    find,

    /** Finds a key here or at fal. */
    findAnywhere,

    /**
     * Finds a stored key, and says so when it is only at fal.
     * @throws VarvelError `not_found`, `ambiguous`
     */
    async findHere(text: string, account: string | null, signal?: AbortSignal): Promise<StoredKey> {
      try {
        return find(text, account);
      } catch (error) {
        if (!hasCode(error, 'not_found') || state.identities.all().length === 0) throw error;
        const key = await findAnywhere(text, account, signal).catch((unfound: unknown) => {
          // without fal, what is here is all that can be said
          throw hasCode(unfound, 'cancelled', 'ambiguous', 'not_found') ? unfound : error;
        });
        if (key.stored) return key;
        throw onlyAtFal(key);
      }
    },

    /** The stored keys, of one account or of all. */
    all: (account: string | null = null): StoredKey[] => state.keys.all().filter(isOf(account)),

    /** A key's id in the log: that of a stored key, or the text itself for one that is gone. */
    idInLog(text: string): string {
      try {
        return find(text).id;
      } catch (error) {
        if (!hasCode(error, 'not_found')) throw error;
        return text;
      }
    },

    /**
     * Creates a key at fal and stores its secret in the vault.
     * @throws VarvelError `invalid`, `not_found` (account), `vault_*` before anything was created, or fal's refusal
     */
    async create(request: CreateKeyRequest, signal?: AbortSignal): Promise<CreatedKey> {
      const { alias, scope, ttlMs } = request;
      checkAlias(alias);
      if (readTemporaryAlias(alias)) throw looksTemporary();
      if (request.profile !== null && !state.profiles.get(request.profile)) checkProfileName(request.profile);
      await secrets.prepare();
      const manager = await keyAccess.find(request.account, signal);
      const temporary =
        ttlMs === null ? null : await temporaryKeys.create(manager, { name: alias, scope, ttlMs }, signal);
      // fal shows the secret once
      const { key, parts, failure } = await uninterrupted(async () => {
        const made = temporary?.parts ?? (await manager.create(alias, scope, signal));
        const stored: StoredKey = {
          id: made.id,
          alias,
          scope,
          account: manager.account,
          createdAt: clock.now(),
        };
        return {
          key: stored,
          parts: made,
          failure: await store.store(stored, made).then(() => null, inWords),
        };
      });
      if (temporary) temporaryKeys.leaveToTime(temporary.key);
      // whatever failed, the person must get the secret
      if (failure) return { outcome: 'not_stored', key, secret: joinKey(parts), error: failure };
      if (!temporary) log('key_created', key, manager.identityId, `${scope} ${alias}`);
      return {
        outcome: 'stored',
        key,
        profile: request.profile === null ? null : setProfileKey(request.profile, key),
      };
    },

    /**
     * Stores an existing key in the vault, then tests it. A key that fal rejects, or that can't be
     * tested, is stored anyway: the verdict says so.
     * @param text see parseKey
     * @throws VarvelError `invalid`, `conflict` when the id is already here with another secret, `vault_*`
     */
    async add(
      text: string,
      alias: string | null,
      profile: string | null,
      signal?: AbortSignal,
    ): Promise<AddedKey> {
      const parts = parseKey(pastedKey(text));
      if (isSwapped(parts)) throw swapped();
      refuseOtherSecret(parts);
      // pasted into both fields, in whatever format
      if (alias?.includes(joinKey(parts))) throw misplaced('alias');
      if (alias !== null) checkAlias(alias);
      if (profile !== null && !state.profiles.get(profile)) checkProfileName(profile);
      await secrets.prepare();
      const before = await store.readHere(parts.id);
      if (before && before.secret !== parts.secret) {
        throw new VarvelError('conflict', `Key ${parts.id} is already here with another secret.`, {
          action: 'forget_key',
          keyId: parts.id,
        });
      }
      const known = state.keys.get(parts.id);
      const key: StoredKey = {
        id: parts.id,
        alias: alias ?? known?.alias ?? null,
        scope: known?.scope ?? null,
        account: known?.account ?? null,
        createdAt: known?.createdAt ?? null,
      };
      await store.store(key, parts);
      if (!before) log('key_added', key, null, alias ?? '');
      const tested = await test.one(key, signal);
      return {
        key: tested.key,
        verdict: tested.verdict,
        profile: profile === null ? null : setProfileKey(profile, tested.key),
        already: before !== null,
        unusual: !looksUsual(parts),
      };
    },

    /**
     * Names a stored key here: fal can't rename one. An empty name gives fal's alias back, at the next
     * refresh when fal can't be asked now.
     * @throws VarvelError `invalid`, `not_found`
     */
    async rename({ id }: StoredKey, name: string, signal?: AbortSignal): Promise<StoredKey> {
      const alias = name.trim() === '' ? null : checkAlias(name.trim());
      const before = records.change(({ put }) => {
        const key = find(id);
        put({ ...key, alias });
        return key;
      });
      log('key_renamed', before, null, before.alias === null ? '' : `was ${before.alias}`);
      if (alias === null && before.account) {
        // fal's alias is learned from its list
        await keyList.list(before.account.id, signal).catch((error: unknown) => {
          if (!(error instanceof VarvelError) || error.code === 'cancelled') throw error;
        });
      }
      return find(id);
    },

    /** Other stored keys of the same account with the same alias. */
    namesakes: ({ id, alias, account }: Omit<StoredKey, 'createdAt'>): StoredKey[] =>
      state.keys
        .all()
        .filter(
          (other) =>
            other.id !== id && alias !== null && other.alias === alias && other.account?.id === account?.id,
        ),

    /** When a temporary key is revoked, in milliseconds since 1970; null for any other. */
    expiryOf: (keyId: string): number | null =>
      temporaryKeys.all().find((key) => key.keyId === keyId)?.expiresAt ?? null,

    /** The profiles that use this key. */
    usersOf: (keyId: string): Profile[] => state.profiles.withKey(keyId),

    /**
     * Revokes a key at fal and deletes its secret here.
     * @returns the profiles that now have no key, and whether fal still had it
     * @throws VarvelError as revokeAtFal
     */
    async revoke(
      key: KeyView,
      signal?: AbortSignal,
    ): Promise<{ profilesWithoutKey: Profile[]; wasAtFal: boolean }> {
      await store.refuseLocked(key.id);
      const manager = await revokeAtFal({ keyAccess, store, test }, key, signal);
      temporaryKeys.forgetRevoked(key.id);
      return {
        profilesWithoutKey: await store.forgetRevoked(key.id, () =>
          log('key_revoked', key, manager.identityId, key.alias ?? ''),
        ),
        wasAtFal: key.remote === true,
      };
    },

    /** Deletes a key's secret here; at fal the key stays valid. @returns the profiles that now have no key */
    forget: (key: StoredKey): Promise<Profile[]> =>
      store.forget(key.id, () => log('key_forgotten', key, null, key.alias ?? '')),

    /** The whole key, for a person who asked to see it. This is logged. */
    async reveal(key: StoredKey): Promise<string> {
      const parts = await store.readOrFail(key.id);
      log('key_revealed', key, null);
      return joinKey(parts);
    },
  };
}

const looksTemporary = () =>
  new VarvelError(
    'invalid',
    'Varvel would take a key with this alias for a temporary one, and revoke it.',
    'Use another alias.',
  );

const swapped = () =>
  new VarvelError(
    'invalid',
    'Not a fal key: its id and its secret are swapped.',
    'A key looks like KEY_ID:KEY_SECRET. If others can see what you pasted from, revoke it.',
  );
