import type { AccountName } from './account.ts';
import type { Scope } from './key.ts';

/** Why fal refuses a key, as Varvel tells it apart. `works` and `no_answer` are findings too. */
export const lockPatterns = [
  'works',
  'exhausted_balance',
  'contradictory_balances',
  'top_up_lag',
  'top_up',
  'admin_lock',
  'archived',
  'team_limit',
  'member_limit',
  'key_limit',
  'unknown_lock',
  'wrong_key',
  'wrong_account',
  'not_allowed',
  'no_answer',
] as const;
export type LockPattern = (typeof lockPatterns)[number];

/** Whether fal says it, or Varvel concludes it. */
export const certainties = ['certain', 'likely'] as const;
export type Certainty = (typeof certainties)[number];

/** One of fal's two balances of an account, or why it couldn't be read. */
export type BalanceReading =
  | { state: 'read'; amount: number; currency: string }
  | { state: 'unread'; why: string };

/** fal's two balances: `/billing/user_balance`, which decides over locks as users report, and the documented credits. */
export interface TwoBalances {
  user: BalanceReading;
  credits: BalanceReading;
}

/** A request that was sent for a diagnosis; for fal's support. */
export interface SentRequest {
  /** Milliseconds since 1970. */
  at: number;
  method: string;
  host: string;
  /** Without its query. */
  path: string;
  /** Null without an answer. */
  status: number | null;
  /** Time until the answer, in milliseconds. */
  ms: number;
  /** fal's name for the request, if it gave one. */
  requestId: string | null;
}

/** What could be found out about a refused key. Holds no secret. */
export interface Diagnosis {
  pattern: LockPattern;
  certainty: Certainty;
  /** Milliseconds since 1970. */
  at: number;
  keyId: string;
  alias: string | null;
  scope: Scope | null;
  /** The account that the key belongs to. */
  account: AccountName | null;
  /** The account that Varvel knew it for, where that is another one. */
  expected: AccountName | null;
  /** fal's own words for the refusal. */
  reason: string | null;
  balances: TwoBalances;
  /** A balance of before, which was lower. */
  roseFrom: { amount: number; at: number } | null;
  /** Other keys of the account that were tried, and how many of them work. */
  siblings: { tried: number; working: number };
  requests: SentRequest[];
}

/** A diagnosis in words, the same on every face. */
export interface Explanation {
  /** What it is, in a few words: “Balance exhausted”. */
  title: string;
  /** What that means, in a sentence or two. */
  meaning: string;
  known: string[];
  /** What could not be found out, or is only likely. */
  doubts: string[];
  /** What to do, in order. */
  steps: string[];
  /** Who can do it. */
  who: string;
  /** fal's page that helps. */
  page: 'billing' | 'keys' | null;
}

/** A diagnosis as the faces show it. */
export interface DiagnosisView extends Diagnosis {
  explanation: Explanation;
  /** For fal's support: key ids, times, request ids, verdicts and balances, and no secret. */
  report: string;
}

/** A watch that waits until a key works again. */
export interface LockWatch {
  keyId: string;
  /** Milliseconds since 1970, as all times here. */
  since: number;
  /** When it gives up. */
  until: number;
  checks: number;
  lastAt: number | null;
}
