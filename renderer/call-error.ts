import type { Problem } from '../contract/problem.ts';
import { type Hint, toHint } from '../core/model/hint.ts';

/** A failed call: what happened, and what to do about it. */
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

/** The problem to show for any thrown value. */
export function problemOf(error: unknown): Problem {
  if (error instanceof CallError) {
    return { code: error.code, message: error.message, hint: error.hint };
  }
  return {
    code: 'unexpected',
    message: 'Something went wrong in this window.',
    hint: toHint('Try again. If it keeps happening, reload the window.'),
  };
}

export const isVaultFailure = ({ code }: Problem): boolean =>
  code.startsWith('vault_') || code === 'wrong_passphrase';

/** fal doesn't answer, and nothing is broken here. */
export const isUnreachable = ({ code }: Problem): boolean => code === 'unreachable';

export const isCancelled = ({ code }: Problem): boolean => code === 'cancelled';
