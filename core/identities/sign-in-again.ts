import type { Hint } from '../model/error.ts';

/** After a sign-in that came to nothing. */
export const signInAgain: Hint = {
  terminal: 'Start again with `varvel login`.',
  window: 'Start the sign-in again.',
};
