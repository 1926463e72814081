import * as oidc from 'openid-client';
import { VarvelError } from '../model/error.ts';
import type { Environment } from '../model/fal/fal-environment.ts';
import type { Clock, Http } from '../ports.ts';
import { explaining, isInvalidGrant, isTemporary } from './sign-in-error.ts';
import { createSignInFetch, type Granted } from './sign-in-fetch.ts';

/** Tokens from the provider. */
export interface Tokens {
  accessToken: string;
  /** `null` when the old one stays valid. */
  refreshToken: string | null;
  /** When the access token expires, in ms since 1970. */
  expiresAt: number;
}

/** Who signed in, from the verified ID token. */
export interface Claims {
  subject: string;
  name: string;
  email: string;
}

export interface SignedIn {
  tokens: Tokens;
  claims: Claims;
}

export interface DeviceSignIn {
  userCode: string;
  /** The page to open manually. */
  verificationUri: string;
  /** The page to open in the browser, with the code and the connection. */
  browserUrl: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** Waits for the confirmation. */
  finish(signal?: AbortSignal): Promise<SignedIn>;
}

export interface LoopbackSignIn {
  browserUrl: string;
  /** True for this sign-in's callback. */
  accepts(parameters: URLSearchParams): boolean;
  finish(callback: URL): Promise<SignedIn>;
}

const scope = 'openid profile email offline_access';
/** Allowed difference between fal's clock and ours. Source: the official CLI. */
const leewaySeconds = 60;
const defaultLifetimeSeconds = 3600;
/** Between two polls, unless the provider sets another. Source: RFC 8628, 3.2. */
const defaultIntervalSeconds = 5;
/** How many network failures in a row a waiting device sign-in tolerates. */
const toleratedFailures = 3;

export type SignInProvider = ReturnType<typeof createSignInProvider>;

/** fal's OpenID provider, through openid-client. Source: fal/protocol, “Sign-in”. */
export function createSignInProvider(environment: Environment, http: Http, clock: Clock) {
  const issuer = new URL(environment.issuer);

  async function configuration(
    onGranted: (granted: Granted) => void | Promise<void> = () => undefined,
  ): Promise<oidc.Configuration> {
    const config = await oidc.discovery(
      issuer,
      environment.clientId,
      { [oidc.clockTolerance]: leewaySeconds },
      oidc.None(),
      {
        [oidc.customFetch]: createSignInFetch({ http, clock, onGranted }),
        // environment files allow http only for loopback addresses
        execute: issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [],
      },
    );
    // also checks the ID token's signature, not only its claims
    oidc.enableNonRepudiationChecks(config);
    return config;
  }

  function tokensOf(answer: oidc.TokenEndpointResponse): Tokens {
    return {
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token ?? null,
      expiresAt: clock.now() + (answer.expires_in ?? defaultLifetimeSeconds) * 1000,
    };
  }

  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

  async function signedIn(
    config: oidc.Configuration,
    answer: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers,
  ): Promise<SignedIn> {
    const token = answer.claims();
    if (!token) {
      throw new VarvelError('server_error', 'The sign-in server sent no ID token.', {
        action: 'restart_sign_in',
      });
    }
    // providers may leave the profile out of the ID token when they also issue an access token
    const claims = text(token.email)
      ? token
      : { ...token, ...(await oidc.fetchUserInfo(config, answer.access_token, token.sub)) };
    const email = text(claims.email) ?? '';
    return {
      tokens: tokensOf(answer),
      claims: {
        subject: token.sub,
        email,
        name: text(claims.name) ?? text(claims.nickname) ?? (email || token.sub),
      },
    };
  }

  /**
   * Polls until the sign-in is confirmed. Only repeated network failures end it (RFC 8628, 3.5).
   * @param isUsed whether tokens were granted for the code: a used code is never polled again
   */
  async function pollDevice(
    config: oidc.Configuration,
    device: oidc.DeviceAuthorizationResponse,
    isUsed: () => boolean,
    signal: AbortSignal | undefined,
  ) {
    const lifetime = AbortSignal.timeout(device.expires_in * 1000);
    const until = signal ? AbortSignal.any([signal, lifetime]) : lifetime;
    const pauseMs = (device.interval ?? defaultIntervalSeconds) * 1000;
    for (let failures = 1; ; failures++) {
      const start = clock.now();
      try {
        return await oidc.pollDeviceAuthorizationGrant(config, device, undefined, { signal: until });
      } catch (error) {
        // polls were answered in between: start counting again
        if (clock.now() - start > 2 * pauseMs) failures = 1;
        if (isUsed() || !isTemporary(error) || until.aborted || failures > toleratedFailures) throw error;
      }
    }
  }

  /** @param connection `github`, `google`, an SSO domain; null lets the person choose in the browser */
  function deviceBrowserUrl(device: oidc.DeviceAuthorizationResponse, connection: string | null): string {
    const complete = device.verification_uri_complete ?? device.verification_uri;
    if (connection === null) {
      const url = new URL('v2/logout', environment.issuer.endsWith('/') ? issuer : `${environment.issuer}/`);
      url.searchParams.set('client_id', environment.clientId);
      url.searchParams.set('returnTo', complete);
      return url.href;
    }
    const url = new URL(environment.connectionUrl);
    url.searchParams.set('user_code', device.user_code);
    url.searchParams.set('verification_uri_complete', complete);
    url.searchParams.set('connection', connection);
    return url.href;
  }

  return {
    /** Starts a device-code sign-in (RFC 8628). @throws VarvelError */
    startDevice: (connection: string | null): Promise<DeviceSignIn> =>
      explaining(async () => {
        let isUsed = false;
        const config = await configuration(() => {
          isUsed = true;
        });
        const device = await oidc.initiateDeviceAuthorization(config, {
          scope,
          audience: environment.audience,
        });
        return {
          userCode: device.user_code,
          verificationUri: device.verification_uri,
          browserUrl: deviceBrowserUrl(device, connection),
          expiresAt: clock.now() + device.expires_in * 1000,
          finish: (signal) =>
            explaining(async () => {
              const answer = await pollDevice(config, device, () => isUsed, signal);
              return signedIn(config, answer);
            }),
        };
      }),

    /** Starts an authorization-code sign-in with PKCE S256, state and nonce. @throws VarvelError */
    startLoopback: (redirectUri: string, connection: string | null): Promise<LoopbackSignIn> =>
      explaining(async () => {
        const config = await configuration();
        const verifier = oidc.randomPKCECodeVerifier();
        const state = oidc.randomState();
        const nonce = oidc.randomNonce();
        const url = oidc.buildAuthorizationUrl(config, {
          redirect_uri: redirectUri,
          scope,
          audience: environment.audience,
          code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          state,
          nonce,
          ...(connection === null ? { prompt: 'login' } : { connection }),
        });
        return {
          browserUrl: url.href,
          accepts: (parameters) =>
            parameters.getAll('state').length === 1 &&
            parameters.get('state') === state &&
            (parameters.has('code') || parameters.has('error')),
          finish: (callback) =>
            explaining(async () => {
              const answer = await oidc.authorizationCodeGrant(config, callback, {
                pkceCodeVerifier: verifier,
                expectedState: state,
                expectedNonce: nonce,
                idTokenExpected: true,
              });
              return signedIn(config, answer);
            }),
        };
      }),

    isInvalidGrant,

    /**
     * Exchanges a refresh token for new tokens; the old one becomes invalid.
     * @param keep saves the new refresh token. Called as soon as fal granted it, before the answer is checked: if the
     *   check fails, the session goes on with it
     * @throws VarvelError, see isInvalidGrant
     */
    refresh: (refreshToken: string, keep: (newToken: string) => Promise<void>): Promise<Tokens> =>
      explaining(async () => {
        const config = await configuration(async (granted) => {
          if (granted.refreshToken !== null) await keep(granted.refreshToken);
        });
        return tokensOf(await oidc.refreshTokenGrant(config, refreshToken));
      }),

    /** Ends a session at fal. @throws VarvelError */
    revoke: (refreshToken: string): Promise<void> =>
      explaining(async () => oidc.tokenRevocation(await configuration(), refreshToken)),
  };
}
