import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { FalAccount } from './accounts.ts';
import type { FalKey, KeyScope, Store } from './state.ts';

/** The alias lengths fal accepts, in characters (Platform API description, `POST /keys`). */
export const aliasLimits = { min: 1, max: 255 } as const;

const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** The sandbox's keys, for gRPC, the Platform API and the control API. */
export interface KeyRegistry {
  all(): readonly FalKey[];
  of(account: FalAccount): readonly FalKey[];
  byId(keyId: string): FalKey | undefined;
  /** The key with this id and exactly this secret, or undefined. */
  byCredential(keyId: string, secret: string): FalKey | undefined;
  create(account: FalAccount, alias: string, scope: KeyScope, creator: string): FalKey;
  /** Revokes a key; false when it doesn't exist. */
  revoke(keyId: string): boolean;
  /** A key's alias, also after it was revoked. */
  aliasOf(keyId: string): string;
  /** Whether a key with this id exists, or existed. */
  known(keyId: string): boolean;
}

export const createKeyRegistry = (store: Store): KeyRegistry => {
  const byId = (keyId: string): FalKey | undefined => store.state.keys.find((key) => key.key_id === keyId);
  const revoked = (keyId: string): { alias: string } | undefined =>
    Object.hasOwn(store.state.revoked, keyId) ? store.state.revoked[keyId] : undefined;
  return {
    all: () => store.state.keys,
    of: ({ user_id }) => store.state.keys.filter(({ account }) => account === user_id),
    byId,
    byCredential(keyId, secret) {
      const key = byId(keyId);
      return key && same(key.key_secret, secret) ? key : undefined;
    },
    create(account, alias, scope, creator) {
      const key: FalKey = {
        key_id: randomUUID(),
        key_secret: randomBytes(16).toString('hex'),
        alias,
        scope,
        account: account.user_id,
        created_at: new Date().toISOString(),
        creator,
      };
      store.change((state) => state.keys.push(key));
      return key;
    },
    revoke(keyId) {
      const key = byId(keyId);
      if (!key) return false;
      store.change((state) => {
        state.keys.splice(state.keys.indexOf(key), 1);
        state.revoked[keyId] = { alias: key.alias, account: key.account };
      });
      return true;
    },
    aliasOf: (keyId) => byId(keyId)?.alias ?? revoked(keyId)?.alias ?? keyId,
    known: (keyId) => byId(keyId) !== undefined || revoked(keyId) !== undefined,
  };
};
