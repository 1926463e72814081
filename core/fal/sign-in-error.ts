import * as oidc from 'openid-client';
import { hasCode, VarvelError } from '../model/error.ts';

/** The VarvelError that our fetch threw inside the library, or null. */
function ownError(error: unknown): VarvelError | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof VarvelError) return cause;
  }
  return null;
}

/** True when the provider says that a refresh token is no longer valid. */
export const isInvalidGrant = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof oidc.ResponseBodyError &&
  error.cause.error === 'invalid_grant';

/** True for a failure that may be temporary: no answer, or a server error. */
export function isTemporary(error: unknown): boolean {
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
      return new VarvelError('refused', 'The sign-in was denied in the browser.', again, cause);
    }
    if (error.error === 'expired_token') {
      return new VarvelError('refused', 'The code expired before it was confirmed.', again, cause);
    }
    if (error instanceof oidc.ResponseBodyError && error.status >= 500) {
      return new VarvelError(
        'server_error',
        `The sign-in server failed: ${words}.`,
        'Try again later.',
        cause,
      );
    }
    if (error instanceof oidc.ResponseBodyError && error.status === 429) {
      return new VarvelError('rate_limited', 'Too many sign-in attempts.', 'Try again in a minute.', cause);
    }
    return new VarvelError('refused', `The sign-in server denied the sign-in: ${words}.`, again, cause);
  }
  const code = error instanceof oidc.ClientError ? error.code : undefined;
  const response = error instanceof Error && error.cause instanceof Response ? error.cause : null;
  if (response && response.status >= 500) {
    return new VarvelError(
      'server_error',
      `The sign-in server failed (HTTP ${response.status}).`,
      'Try again later.',
      { cause: error },
    );
  }
  if (code === 'OAUTH_TIMEOUT') {
    return new VarvelError('refused', 'The code expired before it was confirmed.', again, { cause: error });
  }
  if (code === 'OAUTH_ABORT') {
    return new VarvelError('cancelled', 'The sign-in was cancelled.', again, { cause: error });
  }
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED')
    return new VarvelError(
      'server_error',
      'The sign-in server’s answer is not for the time that this computer’s clock shows.',
      'Set the clock right, then try again.',
      { cause: error },
    );
  return new VarvelError(
    'server_error',
    `The sign-in server’s answer can’t be trusted: ${error instanceof Error ? error.message : error}.`,
    again,
    { cause: error },
  );
}

/** Turns openid-client's errors into VarvelErrors. @throws VarvelError */
export async function explaining<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explained(error);
  }
}
