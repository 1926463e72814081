import type { VarvelError } from './error.ts';

/** Something that went wrong for one part of a whole, while the rest went on. */
export interface Problem {
  /** What it was about: an account's nickname, an identity's e-mail, a key's id. */
  about: string;
  error: VarvelError;
}
