import * as oidc from 'openid-client';
import { hasCode, VarvelError } from '../model/error.ts';

/** The VarvelError that a fetch of ours threw inside the library, or null. */
function ownError(error: unknown): VarvelError | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof VarvelError) return cause;
  }
  return null;
}

/** True when the provider says that a refresh token is dead, as opposed to any other failure. */
export const isInvalidGrant = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof oidc.ResponseBodyError &&
  error.cause.error === 'invalid_grant';

/** True for a failure that may be over at the next try: no answer, or one that says the server is ill. */
export function isPassing(error: unknown): boolean {
  if (hasCode(ownError(error), 'unreachable')) return true;
  if (!(error instanceof Error)) return false;
  return (
    (error instanceof oidc.ResponseBodyError && error.status >= 500) ||
    (error.cause instanceof Response && error.cause.status >= 500)
  );
}

function explained(error: unknown): VarvelError {
  const own = ownError(error);
  if (own) return own;
  const again = { action: 'restart_sign_in' } as const;
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

/** Turns what openid-client throws into words. @throws VarvelError */
export async function explaining<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explained(error);
  }
}
