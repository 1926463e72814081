import type { Problem } from '../contract/problem.ts';
import { type Hint, toHint } from '../core/model/hint.ts';

/** A call that failed, with words for a person: what happened, and what to do about it. */
export class CallError extends Error {
  readonly code: string;
  readonly hint: Hint;

  constructor({ code, message, hint }: Problem, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CallError';
    this.code = code;
    this.hint = hint;
  }
}

/** What to show for anything that was thrown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof CallError) {
    return { code: error.code, message: error.message, hint: error.hint };
  }
  return {
    code: 'unexpected',
    message: 'Something went wrong inside Varvel’s window.',
    hint: toHint('Try it once more; if it stays so, reload the window.'),
  };
}

export const isVaultFailure = ({ code }: Problem): boolean =>
  code.startsWith('vault_') || code === 'wrong_passphrase';

/** Nothing is broken here: fal just does not answer. */
export const isUnreachable = ({ code }: Problem): boolean => code === 'unreachable';

export const isCancelled = ({ code }: Problem): boolean => code === 'cancelled';
