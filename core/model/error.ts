/**
 * Everything that can go wrong in a way Varvel has words for. A face maps a code to what it shows
 * (the CLI to an exit code, see cli/exit-code.ts), so a code says what happened, not how it is shown.
 */
export type ErrorCode =
  | 'unexpected'
  | 'usage'
  | 'invalid'
  | 'cancelled'
  | 'not_signed_in'
  | 'not_found'
  | 'ambiguous'
  | 'conflict'
  | 'vault_unavailable'
  | 'vault_locked'
  | 'vault_unanswering'
  | 'wrong_passphrase'
  | 'unreachable'
  | 'unauthorized'
  | 'locked'
  | 'forbidden'
  | 'rate_limited'
  | 'refused'
  | 'server_error'
  | 'storage_full'
  | 'storage_read_only'
  | 'storage_failed'
  | 'state_busy'
  | 'state_newer'
  | 'state_corrupt';

/** An error with words for a person: what happened, and what to do about it. Never holds a secret. */
export class VarvelError extends Error {
  readonly code: ErrorCode;
  /** What the person can do now; one sentence. */
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'VarvelError';
    this.code = code;
    this.hint = hint;
  }
}

export const hasCode = (error: unknown, ...codes: ErrorCode[]): error is VarvelError =>
  error instanceof VarvelError && codes.includes(error.code);

/** An error of ours as it is, any other as `unexpected` with the original as its cause. */
export const inWords = (error: unknown): VarvelError =>
  error instanceof VarvelError
    ? error
    : new VarvelError(
        'unexpected',
        `Something unexpected happened: ${error instanceof Error ? error.message : String(error)}`,
        'Run the command again with --debug, and report what it shows.',
        { cause: error },
      );
