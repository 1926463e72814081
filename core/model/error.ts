import { type Hint, toHint } from './hint.ts';

/**
 * Every error that Varvel explains. A face maps a code to what it shows
 * (the CLI to an exit code, see cli/framework/exit-code.ts), so a code says what happened, not how it is shown.
 */
export const errorCodes = [
  'unexpected',
  'usage',
  'invalid',
  'cancelled',
  'not_signed_in',
  'not_found',
  'ambiguous',
  'conflict',
  'vault_unavailable',
  'vault_other',
  'vault_damaged',
  'vault_locked',
  'vault_unanswering',
  'wrong_passphrase',
  'unreachable',
  'unauthorized',
  'locked',
  'forbidden',
  'rate_limited',
  'refused',
  'server_error',
  'storage_full',
  'storage_read_only',
  'storage_failed',
  'state_busy',
  'state_newer',
  'state_corrupt',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** An error for people: what happened, and what to do about it. Never holds a secret. */
export class VarvelError extends Error {
  readonly code: ErrorCode;
  /** What the person can do now. */
  readonly hint: Hint;

  /** @param hint an action, or a sentence that is the same on every face; empty when there is nothing to do */
  constructor(code: ErrorCode, message: string, hint: Hint | string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'VarvelError';
    this.code = code;
    this.hint = toHint(hint);
  }
}

export const hasCode = (error: unknown, ...codes: ErrorCode[]): error is VarvelError =>
  error instanceof VarvelError && codes.includes(error.code);

/** True for an error that says that the vault can't be read now. */
export const isVaultProblem = (error: unknown): error is VarvelError =>
  hasCode(
    error,
    'vault_locked',
    'vault_unavailable',
    'vault_other',
    'vault_damaged',
    'vault_unanswering',
    'wrong_passphrase',
  );

/** Whether the database can't be written now: a home that is read-only or full, or another process that writes for long. */
export const isNotWritable = (error: unknown): error is VarvelError =>
  hasCode(error, 'storage_read_only', 'storage_full', 'state_busy');

/** A VarvelError as it is; any other error as `unexpected`, with the original as its cause. */
export const inWords = (error: unknown): VarvelError =>
  error instanceof VarvelError
    ? error
    : new VarvelError(
        'unexpected',
        `Unexpected error: ${error instanceof Error ? error.message : String(error)}`,
        { action: 'report_problem' },
        { cause: error },
      );
