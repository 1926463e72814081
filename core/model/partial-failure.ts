import type { VarvelError } from './error.ts';

/** An error in one part of the work, while the rest went on. */
export interface PartialFailure {
  /** The part: an account's nickname, an identity's e-mail, a key's id. */
  about: string;
  error: VarvelError;
}
