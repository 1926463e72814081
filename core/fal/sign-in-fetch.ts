import type * as oidc from 'openid-client';
import { hasCode, VarvelError } from '../model/error.ts';
import type { Clock, Http } from '../ports.ts';

/** How often a request that checks a sign-in is sent. */
const attempts = 4;
const firstPauseMs = 250;
/** For each of them, in milliseconds: other processes wait for a refresh that checks its answer. */
const checkTimeoutMs = 5000;

/** What the sign-in server's token endpoint granted, before the ID token is checked. */
export interface Granted {
  /** Null when the old one stays valid. */
  refreshToken: string | null;
}

interface Parts {
  http: Http;
  clock: Clock;
  /**
   * Called when the token endpoint has granted tokens: from then on the code or refresh token is used up. Its
   * answer isn't checked yet, and the library goes on when this has ended.
   */
  onGranted: (granted: Granted) => void | Promise<void>;
}

/**
 * The requests of openid-client. Once tokens were granted, the keys and the profile that check them are requested
 * again if the server fails, since the sign-in can't be repeated.
 */
export function createSignInFetch({ http, clock, onGranted }: Parts): oidc.CustomFetch {
  let isGranted = false;

  const send = (url: string, options: oidc.CustomFetchOptions, timeoutMs?: number): Promise<Response> =>
    http.fetch(url, {
      method: options.method,
      headers: options.headers,
      // the library only sends forms
      body: options.body instanceof URLSearchParams ? options.body : null,
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(options.signal && { signal: options.signal }),
    });

  async function check(url: string, options: oidc.CustomFetchOptions): Promise<Response> {
    for (let attempt = 1, pauseMs = firstPauseMs; ; attempt++, pauseMs *= 2) {
      const answer = await send(url, options, checkTimeoutMs).catch((error: unknown) => {
        if (attempt === attempts || !hasCode(error, 'unreachable')) throw error;
        return null;
      });
      if (answer && answer.status < 500 && answer.status !== 429) return answer;
      if (answer && attempt === attempts) throw notChecked(answer.status);
      await clock.sleep(pauseMs, options.signal);
    }
  }

  return async (url, options) => {
    if (isGranted && options.method === 'GET') return check(url, options);
    const answer = await send(url, options);
    const granted = isTokenRequest(options) && answer.ok ? await grantedIn(answer) : null;
    if (granted) {
      isGranted = true;
      await onGranted(granted);
    }
    return answer;
  };
}

/** RFC 6749, 4 and 5: only requests to the token endpoint have a grant type. */
const isTokenRequest = ({ body }: oidc.CustomFetchOptions): boolean =>
  body instanceof URLSearchParams && body.has('grant_type');

/** Null for an answer that grants nothing; the library says what is wrong with it. */
async function grantedIn(answer: Response): Promise<Granted | null> {
  let document: unknown;
  try {
    document = await answer.clone().json();
  } catch {
    return null;
  }
  if (typeof document !== 'object' || document === null || !('access_token' in document)) return null;
  const refreshToken = 'refresh_token' in document ? document.refresh_token : null;
  return { refreshToken: typeof refreshToken === 'string' && refreshToken !== '' ? refreshToken : null };
}

const notChecked = (status: number) =>
  new VarvelError(
    'unreachable',
    `The sign-in couldn’t be checked: the sign-in server failed (HTTP ${status}).`,
    'Try again in a minute.',
  );
