import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import Provider, { type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { pageHeaders } from '../pages/layout.ts';
import { errorPage } from '../pages/signin-pages.ts';
import { personBySub } from '../people.ts';
import type { SigningKey, Store } from '../state.ts';
import { signAccessTokens, thumbprint } from './access-token.ts';
import { createArtifacts } from './artifacts.ts';
import { clientId, deviceGrant, isLoopbackRedirect } from './client.ts';
import { createPollingPace } from './polling-pace.ts';

/** The scope that the official CLI requests. */
const scopes = ['openid', 'profile', 'email', 'offline_access'];

const hour = 60 * 60;
const day = 24 * hour;

/** Seconds between two polls of a device sign-in. fal's provider has 5; tests shouldn't wait that long. */
export const pollInterval = 1;

/** Creates the provider's RS256 key pair, as a private JWK. Takes some 100 ms, not on the main thread. */
export const makeSigningKey = async (): Promise<SigningKey> => {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const {
    kty = '',
    n = '',
    e = '',
    d = '',
    p = '',
    q = '',
    dp = '',
    dq = '',
    qi = '',
  } = privateKey.export({
    format: 'jwk',
  });
  return { kty, n, e, d, p, q, dp, dq, qi, alg: 'RS256', use: 'sig' };
};

/** Every authorization gets its own grant, so that a reused refresh token ends only one sign-in. */
const grantEverythingAsked = async (ctx: KoaContextWithOIDC) => {
  const { provider, session, client, params } = ctx.oidc;
  const accountId = session?.accountId;
  if (accountId === undefined || !client) return undefined;
  const grant = new provider.Grant({ accountId, clientId: client.clientId });
  grant.addOIDCScope(typeof params?.scope === 'string' ? params.scope : 'openid');
  await grant.save();
  return grant;
};

const configure = (store: Store): Configuration => ({
  adapter: createArtifacts(store),
  jwks: { keys: [{ ...store.state.signing_key, kty: 'RSA', kid: thumbprint(store.state.signing_key) }] },
  cookies: { keys: [store.state.cookie_key] },
  clients: [
    {
      client_id: clientId,
      client_name: 'fal',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token', deviceGrant],
      response_types: ['code'],
      redirect_uris: ['http://127.0.0.1/callback'],
      id_token_signed_response_alg: 'RS256',
    },
  ],
  scopes,
  claims: { openid: ['sub'], profile: ['name', 'nickname'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: false,
  extraParams: ['audience', 'connection'],
  pkce: { required: () => true },
  responseTypes: ['code'],
  features: {
    devInteractions: { enabled: false },
    deviceFlow: { enabled: true, charset: 'base-20', mask: '****-****', deviceInfo: () => ({}) },
    revocation: {
      enabled: true,
      allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId,
    },
    userinfo: { enabled: true },
    rpInitiatedLogout: { enabled: false },
    resourceIndicators: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
  },
  routes: {
    authorization: '/authorize',
    code_verification: '/activate',
    device_authorization: '/oauth/device/code',
    jwks: '/.well-known/jwks.json',
    revocation: '/oauth/revoke',
    token: '/oauth/token',
    userinfo: '/userinfo',
  },
  ttl: {
    AccessToken: () => hour,
    AuthorizationCode: () => 60,
    DeviceCode: () => 10 * 60,
    Grant: () => 365 * day,
    IdToken: () => hour,
    Interaction: () => hour,
    RefreshToken: () => 30 * day,
    Session: () => day,
  },
  interactions: { url: async (_ctx, interaction) => `/login/${interaction.uid}` },
  rotateRefreshToken: () => true,
  expiresWithSession: async () => false,
  clientBasedCORS: () => false,
  loadExistingGrant: grantEverythingAsked,
  async findAccount(_ctx, sub) {
    const person = personBySub(sub);
    return (
      person && {
        accountId: sub,
        claims: async () => ({
          sub,
          name: person.name,
          nickname: person.id,
          email: person.email,
          email_verified: true,
        }),
      }
    );
  },
  async renderError(ctx, out) {
    ctx.set({ ...pageHeaders });
    ctx.body = errorPage(out.error_description ?? out.error);
  },
});

/**
 * The OpenID provider with fal's paths, instead of `https://auth.fal.ai/`.
 * @param issuer ends with a slash, like fal's
 */
export const createProvider = (issuer: string, store: Store): Provider => {
  const provider = new Provider(issuer, configure(store));
  provider.Client.prototype.redirectUriAllowed = isLoopbackRedirect;
  signAccessTokens(provider, issuer, store);
  const pace = createPollingPace(pollInterval);
  provider.use(async (ctx, next) => {
    await next();
    const { oidc } = ctx;
    if (!oidc) return;
    if (oidc.route === 'device_authorization' && ctx.status === 200)
      ctx.body = { ...ctx.body, interval: pollInterval };
    if (oidc.route === 'token' && ctx.body?.error === 'authorization_pending') {
      const code = oidc.params?.device_code;
      if (typeof code === 'string' && pace.tooFast(code, Date.now()))
        ctx.body = { error: 'slow_down', error_description: 'you are polling too frequently' };
    }
  });
  return provider;
};
