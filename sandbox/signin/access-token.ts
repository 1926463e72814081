import { createHash, createPrivateKey, randomUUID, sign } from 'node:crypto';
import type Provider from 'oidc-provider';
import type { SigningKey, Store } from '../state.ts';
import { audience } from './client.ts';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The key's id in the JWKS: its thumbprint (RFC 7638). */
export const thumbprint = ({ e, kty, n }: SigningKey): string =>
  createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url');

/**
 * Makes the provider's access tokens JWTs, signed with RS256 by the key of its JWKS, as fal's provider does: fal's clients
 * read when one expires, and refresh one that they can't read. Everything else about a token stays in the provider's store.
 */
export const signAccessTokens = (provider: Provider, issuer: string, store: Store): void => {
  const issue = (token: InstanceType<Provider['AccessToken']>): string => {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer,
      sub: token.accountId,
      aud: [audience, `${issuer}userinfo`],
      iat: now,
      exp: now + token.expiration,
      scope: token.scope,
      azp: token.clientId,
      jti: randomUUID(),
    };
    const { signing_key } = store.state;
    const text = `${part({ alg: 'RS256', typ: 'JWT', kid: thumbprint(signing_key) })}.${part(claims)}`;
    const key = createPrivateKey({ key: { ...signing_key }, format: 'jwk' });
    return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
  };
  // the provider's hook for the value of an opaque token
  Object.assign(provider.AccessToken.prototype, {
    generateTokenId(this: InstanceType<Provider['AccessToken']>) {
      return issue(Object.assign(this, { format: 'opaque' }));
    },
  });
};
