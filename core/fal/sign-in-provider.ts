import * as oidc from 'openid-client';
import { VarvelError } from '../model/error.ts';
import type { Environment } from '../model/fal-environment.ts';
import type { Clock, Http } from '../ports.ts';

/** What the provider hands out. */
export interface Tokens {
  accessToken: string;
  /** `null` when the provider kept the old one valid. */
  refreshToken: string | null;
  /** When the access token ends, in ms since 1970. */
  expiresAt: number;
}

/** Who signed in, from the checked ID token. */
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
  /** The page to open by hand. */
  verificationUri: string;
  /** The page to open for the person: it knows the code, and the connection. */
  browserUrl: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** Waits until the person has confirmed. */
  finish(signal?: AbortSignal): Promise<SignedIn>;
}

export interface LoopbackSignIn {
  browserUrl: string;
  /** True for the one callback that belongs to this sign-in. */
  accepts(parameters: URLSearchParams): boolean;
  finish(callback: URL): Promise<SignedIn>;
}

const scope = 'openid profile email offline_access';
/** Allowed difference between fal's clock and ours. Source: the official CLI. */
const leewaySeconds = 60;
const defaultLifetimeSeconds = 3600;

/** The VarvelError that a fetch of ours threw inside the library, or null. */
function ownError(error: unknown): VarvelError | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof VarvelError) return cause;
  }
  return null;
}

/** True when the provider says that a refresh token is dead, as opposed to any other failure. */
const isInvalidGrant = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof oidc.ResponseBodyError &&
  error.cause.error === 'invalid_grant';

function explained(error: unknown): VarvelError {
  const own = ownError(error);
  if (own) return own;
  const again = 'Start again with `varvel login`.';
  if (error instanceof oidc.ResponseBodyError || error instanceof oidc.AuthorizationResponseError) {
    const words = error.error_description ?? error.error;
    const cause = { cause: error };
    if (error.error === 'access_denied') {
      return new VarvelError('refused', 'The sign-in was refused in the browser.', again, cause);
    }
    if (error.error === 'expired_token') {
      return new VarvelError('refused', 'The code expired before it was confirmed.', again, cause);
    }
    if (error instanceof oidc.ResponseBodyError && error.status >= 500) {
      return new VarvelError(
        'server_error',
        `The sign-in server failed: ${words}.`,
        'Try again in a while.',
        cause,
      );
    }
    if (error instanceof oidc.ResponseBodyError && error.status === 429) {
      return new VarvelError(
        'rate_limited',
        'The sign-in server asks for patience.',
        'Try again in a minute.',
        cause,
      );
    }
    return new VarvelError('refused', `The sign-in server refused: ${words}.`, again, cause);
  }
  const code = error instanceof oidc.ClientError ? error.code : undefined;
  const response = error instanceof Error && error.cause instanceof Response ? error.cause : null;
  if (response && response.status >= 500) {
    return new VarvelError(
      'server_error',
      `The sign-in server failed (HTTP ${response.status}).`,
      'Try again in a while.',
      { cause: error },
    );
  }
  if (code === 'OAUTH_TIMEOUT') {
    return new VarvelError('refused', 'The code expired before it was confirmed.', again, { cause: error });
  }
  if (code === 'OAUTH_ABORT') {
    return new VarvelError('cancelled', 'The sign-in was cancelled.', again, { cause: error });
  }
  return new VarvelError(
    'server_error',
    `The sign-in server gave an answer that can't be trusted: ${error instanceof Error ? error.message : error}.`,
    again,
    { cause: error },
  );
}

async function explaining<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explained(error);
  }
}

export type SignInProvider = ReturnType<typeof createSignInProvider>;

/** fal's OpenID provider, through openid-client. Source: fal/protocol, “Sign-in”. */
export function createSignInProvider(environment: Environment, http: Http, clock: Clock) {
  const issuer = new URL(environment.issuer);

  const fetchWithin: oidc.CustomFetch = (url, options) =>
    http.fetch(url, {
      method: options.method,
      headers: options.headers,
      // the library sends forms and nothing else
      body: options.body instanceof URLSearchParams ? options.body : null,
      ...(options.signal && { signal: options.signal }),
    });

  async function configuration(): Promise<oidc.Configuration> {
    const config = await oidc.discovery(
      issuer,
      environment.clientId,
      { [oidc.clockTolerance]: leewaySeconds },
      oidc.None(),
      {
        [oidc.customFetch]: fetchWithin,
        // environment files allow plain http for loopback addresses only
        execute: issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [],
      },
    );
    // checks the ID token's signature too, not only its claims
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
      throw new VarvelError(
        'server_error',
        'The sign-in server sent no ID token.',
        'Start again with `varvel login`.',
      );
    }
    // providers may keep the profile out of the ID token when an access token is issued along with it
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
    /** Begins a device-code sign-in (RFC 8628). @throws VarvelError */
    startDevice: (connection: string | null): Promise<DeviceSignIn> =>
      explaining(async () => {
        const config = await configuration();
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
              const options = signal ? { signal } : {};
              const answer = await oidc.pollDeviceAuthorizationGrant(config, device, undefined, options);
              return signedIn(config, answer);
            }),
        };
      }),

    /** Begins an authorization-code sign-in with PKCE S256, state and nonce. @throws VarvelError */
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

    /** Trades a refresh token for new tokens; the old one dies. @throws VarvelError, see isInvalidGrant */
    refresh: (refreshToken: string): Promise<Tokens> =>
      explaining(async () => tokensOf(await oidc.refreshTokenGrant(await configuration(), refreshToken))),

    /** Ends a session at fal. @throws VarvelError */
    revoke: (refreshToken: string): Promise<void> =>
      explaining(async () => oidc.tokenRevocation(await configuration(), refreshToken)),
  };
}
