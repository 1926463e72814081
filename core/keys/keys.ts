import { createLog } from '../activity/log.ts';
import type { ActivityKind } from '../model/activity.ts';
import { hasCode, inWords, VarvelError } from '../model/error.ts';
import { checkAlias, joinKey, looksUsual, parseKey, type Scope, type StoredKey } from '../model/key.ts';
import type { KeyView } from '../model/key-view.ts';
import { checkProfileName, type Profile } from '../model/profile.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Ports } from '../ports.ts';
import type { Profiles } from '../profiles/profiles.ts';
import type { KeyAccess } from './key-access.ts';
import type { KeyList } from './key-list.ts';
import type { KeyStore } from './key-store.ts';
import type { KeyTest } from './key-test.ts';
import { isOf, matching } from './matching.ts';

export interface CreateKeyRequest {
  alias: string;
  scope: Scope;
  /** Nickname or id; null for the usual account. */
  account: string | null;
  /** The profile to make, or to point at the new key. */
  profile: string | null;
}

export type CreatedKey =
  | { outcome: 'stored'; key: StoredKey; profile: Profile | null }
  /** fal has made the key and the vault failed: this is the one chance to keep the secret. */
  | { outcome: 'not_stored'; key: StoredKey; secret: string; error: VarvelError };

export interface AddedKey {
  key: StoredKey;
  profile: Profile | null;
  /** It was here before, with the same secret. */
  already: boolean;
  /** It has not the form of the keys that fal makes today. */
  unusual: boolean;
  verdict: Verdict;
}

export type Keys = ReturnType<typeof createKeys>;

/** API keys, here and at fal. */
export function createKeys(
  { state, secrets, clock }: Pick<Ports, 'state' | 'secrets' | 'clock'>,
  parts: { keyAccess: KeyAccess; keyList: KeyList; store: KeyStore; test: KeyTest; profiles: Profiles },
) {
  const { keyAccess, keyList, store, test, profiles } = parts;
  const addToLog = createLog({ state, clock });

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

  /** Makes a profile for a key, or points the one of that name at it. */
  const pointProfile = (name: string, key: StoredKey): Profile =>
    (state.profiles.get(name) ? profiles.set(name, { key }) : profiles.create(name, { key })).profile;

  async function forgetAndLog(
    key: KeyView | StoredKey,
    kind: 'key_revoked' | 'key_forgotten',
    identityId: string | null,
  ) {
    const profilesWithoutKey = await store.forget(key.id);
    log(kind, key, identityId, key.alias ?? '');
    return profilesWithoutKey;
  }

  return {
    list: keyList.list,
    here: keyList.here,

    /**
     * A key whose secret is here, by id, alias or the beginning of its id.
     * @param account nickname or id, to tell apart keys of one alias
     * @throws VarvelError `not_found`, `ambiguous`
     */
    find: (text: string, account: string | null = null): StoredKey =>
      matching(text, state.keys.all().filter(isOf(account))),

    /** A key here or at fal, as `list` shows it. */
    findAnywhere: async (text: string, account: string | null, signal?: AbortSignal): Promise<KeyView> =>
      matching(text, (await keyList.list(account, signal)).keys),

    /** The keys whose secret is here, of one account or of all. */
    all: (account: string | null = null): StoredKey[] => state.keys.all().filter(isOf(account)),

    /** The id under which the log knows a key: that of a key here, or the text itself, as of one long gone. */
    idInLog(text: string): string {
      try {
        return matching(text, state.keys.all()).id;
      } catch (error) {
        if (!hasCode(error, 'not_found')) throw error;
        return text;
      }
    },

    /**
     * Creates a key at fal and puts its secret into the vault at once.
     * @throws VarvelError `invalid`, `not_found` (account), `vault_*` before anything was created, or fal's refusal
     */
    async create(request: CreateKeyRequest, signal?: AbortSignal): Promise<CreatedKey> {
      checkAlias(request.alias);
      if (request.profile !== null && !state.profiles.get(request.profile)) checkProfileName(request.profile);
      await secrets.prepare();
      const manager = await keyAccess.find(request.account, signal);
      const parts = await manager.create(request.alias, request.scope, signal);
      const key: StoredKey = {
        id: parts.id,
        alias: request.alias,
        scope: request.scope,
        account: manager.account,
        createdAt: clock.now(),
      };
      try {
        await store.store(key, parts);
      } catch (error) {
        // whatever it was, the secret has to reach the person
        return { outcome: 'not_stored', key, secret: joinKey(parts), error: inWords(error) };
      }
      log('key_created', key, manager.identityId, `${request.scope} ${request.alias}`);
      return {
        outcome: 'stored',
        key,
        profile: request.profile === null ? null : pointProfile(request.profile, key),
      };
    },

    /**
     * Puts an existing key into the vault, then asks fal what it is. A key that fal refuses, or can't be
     * asked about, is kept all the same: the verdict says so.
     * @param text what the person gave; see parseKey
     * @throws VarvelError `invalid`, `conflict` when the id is here with another secret, `vault_*`
     */
    async add(
      text: string,
      alias: string | null,
      profile: string | null,
      signal?: AbortSignal,
    ): Promise<AddedKey> {
      const parts = parseKey(text);
      if (alias !== null) checkAlias(alias);
      if (profile !== null && !state.profiles.get(profile)) checkProfileName(profile);
      await secrets.prepare();
      const before = await store.read(parts.id);
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
        profile: profile === null ? null : pointProfile(profile, tested.key),
        already: before !== null,
        unusual: !looksUsual(parts),
      };
    },

    /** The profiles that would have no key without this one. */
    usersOf: (keyId: string): Profile[] => state.profiles.withKey(keyId),

    /**
     * Revokes a key at fal and forgets its secret.
     * @returns the profiles that have no key now, and whether fal still had it
     * @throws VarvelError `not_signed_in` when nothing at hand reaches its account
     */
    async revoke(
      key: KeyView,
      signal?: AbortSignal,
    ): Promise<{ profilesWithoutKey: Profile[]; wasAtFal: boolean }> {
      const manager = key.account ? keyAccess.for(key.account.id) : undefined;
      if (!manager) {
        throw new VarvelError(
          'not_signed_in',
          `Nothing here reaches the account of key ${key.id}, so it can't be revoked from here.`,
          { action: 'sign_in_or_forget', keyId: key.id },
        );
      }
      await manager.revoke(key.id, signal);
      return {
        profilesWithoutKey: await forgetAndLog(key, 'key_revoked', manager.identityId),
        wasAtFal: key.remote === true,
      };
    },

    /** Forgets a key's secret here; at fal the key lives on. @returns the profiles that have no key now */
    forget: (key: StoredKey): Promise<Profile[]> => forgetAndLog(key, 'key_forgotten', null),

    /** The whole key, for a person who asked to see it. Logged. */
    async reveal(key: StoredKey): Promise<string> {
      const parts = await store.readOrFail(key.id);
      log('key_revealed', key, null);
      return joinKey(parts);
    },
  };
}
