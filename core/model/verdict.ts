import type { AccountName } from './account.ts';
import type { Scope } from './key.ts';

export type VerdictKind =
  | 'valid'
  | 'invalid'
  | 'locked'
  | 'forbidden'
  | 'rate_limited'
  | 'server_error'
  | 'unreachable';

/** What a key test found. */
export interface Verdict {
  kind: VerdictKind;
  scope: Scope | null;
  account: AccountName | null;
  /** Time of the first answer, in milliseconds; `null` when none came. */
  latencyMs: number | null;
  /** fal's own words where it said some, ours otherwise. */
  message: string;
  /** What to do next; empty for a valid key. */
  next: string;
  /** Milliseconds since 1970. */
  testedAt: number;
}

/** A verdict as a person reads it: “rate limited”. */
export const verdictWord = (kind: VerdictKind): string => kind.replaceAll('_', ' ');
