import {
  adminLock,
  archived,
  exhaustedBalance,
  keyLimit,
  memberLimit,
  teamLimit,
  topUp,
} from '../accounts.ts';

/** What a lock is put on. */
export type LockSubject = 'account' | 'member' | 'key';

/** Why fal refuses, as one of the ways that its users report. */
export interface LockPattern {
  readonly on: LockSubject;
  readonly reason: string;
  /** What `/billing/user_balance` says, in US dollars; without, it stays as it is. */
  readonly balance?: number;
  /** What `/account/billing` says, if that contradicts it. */
  readonly credits?: number;
}

/**
 * The locks that people meet, by name. A balance can be a few cents below zero, and after a top-up the lock, or one of
 * the two balances, can stay behind (fal-ai/fal, issues 1147 and 1163).
 */
export const lockPatterns: Readonly<Record<string, LockPattern>> = {
  exhausted_balance: { on: 'account', reason: exhaustedBalance, balance: -0.18 },
  contradictory_balances: { on: 'account', reason: exhaustedBalance, balance: -0.18, credits: 10 },
  top_up_lag: { on: 'account', reason: exhaustedBalance, balance: 10 },
  top_up: { on: 'account', reason: topUp, balance: 0 },
  admin_lock: { on: 'account', reason: adminLock },
  archived: { on: 'account', reason: archived },
  team_limit: { on: 'account', reason: teamLimit },
  member_limit: { on: 'member', reason: memberLimit },
  key_limit: { on: 'key', reason: keyLimit },
};
