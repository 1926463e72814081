import { accountById, accountsOfPerson, type FalAccount, personalAccount } from './accounts.ts';
import type { KeyRegistry } from './keys.ts';
import { type Person, personBySub } from './people.ts';
import type { FalKey, Store } from './state.ts';

/** A request's credential, looked up. */
export type RequestCredential =
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly scheme: 'key' | 'bearer' | 'other' }
  | { readonly kind: 'key'; readonly key: FalKey; readonly account: FalAccount }
  | { readonly kind: 'person'; readonly person: Person };

/** Who calls, and for which account. */
export type Caller =
  | { readonly kind: 'key'; readonly key: FalKey; readonly account: FalAccount }
  | { readonly kind: 'person'; readonly person: Person; readonly account: FalAccount };

export interface Credentials {
  /** Looks up an `Authorization` header: `Key id:secret`, split at its first colon, or `Bearer token`. */
  ofHeader(header: string | undefined): RequestCredential;
  ofKey(keyId: string, secret: string): RequestCredential;
  ofToken(token: string): RequestCredential;
}

export const createCredentials = (store: Store, keys: KeyRegistry): Credentials => {
  const ofKey = (keyId: string, secret: string): RequestCredential => {
    const key = keys.byCredential(keyId, secret);
    const account = key && accountById(key.account);
    return key && account ? { kind: 'key', key, account } : { kind: 'unknown', scheme: 'key' };
  };

  const ofToken = (token: string): RequestCredential => {
    const { AccessToken = {}, Grant = {} } = store.state.artifacts;
    const found = Object.hasOwn(AccessToken, token) ? AccessToken[token] : undefined;
    const alive =
      found !== undefined &&
      (found.exp ?? 0) > Date.now() / 1000 &&
      found.grantId !== undefined &&
      Object.hasOwn(Grant, found.grantId);
    const person = alive && found.accountId !== undefined ? personBySub(found.accountId) : undefined;
    return person ? { kind: 'person', person } : { kind: 'unknown', scheme: 'bearer' };
  };

  return {
    ofKey,
    ofToken,
    ofHeader(header) {
      if (header === undefined || header.trim() === '') return { kind: 'none' };
      const [, scheme = '', value = ''] = /^(\S+)\s+(.*)$/.exec(header.trim()) ?? [];
      if (scheme.toLowerCase() === 'bearer') return ofToken(value);
      if (scheme.toLowerCase() !== 'key') return { kind: 'unknown', scheme: 'other' };
      const colon = value.indexOf(':');
      if (colon < 1) return { kind: 'unknown', scheme: 'key' };
      return ofKey(value.slice(0, colon), value.slice(colon + 1));
    },
  };
};

/**
 * The account a known credential acts for. A key always acts for its own account; a person for the
 * account named by `X-Fal-User-Id` (gRPC: `fal-user-id`), or their personal one.
 * @returns undefined when the person isn't a member of the account they name
 */
export const actFor = (
  credential: Extract<RequestCredential, { kind: 'key' | 'person' }>,
  userId: string | undefined,
): Caller | undefined => {
  if (credential.kind === 'key') return credential;
  const { person } = credential;
  if (userId === undefined || userId === '')
    return { kind: 'person', person, account: personalAccount(person) };
  const account = accountsOfPerson(person).find(({ user_id }) => user_id === userId);
  return account && { kind: 'person', person, account };
};
