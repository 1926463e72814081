import type { Certainty, LockPattern, TwoBalances } from '../model/fal/diagnosis.ts';

/** What fal answered to a call that is treated like one that costs money. */
export type CallAnswer =
  | { state: 'allowed' }
  /** @param reason fal's own words; null without any */
  | { state: 'locked'; reason: string | null }
  /** @param words fal's, or why there was no answer */
  | { state: 'unauthorized' | 'refused' | 'failed'; words: string | null };

/** What is known when a lock is to be named. */
export interface LockFacts {
  call: CallAnswer;
  /** Whether the key belongs to another account than Varvel knew it for; null when fal didn't say. */
  isElsewhere: boolean | null;
  /** Whether fal calls the account itself locked; null when it didn't say. */
  isAccountLocked: boolean | null;
  siblings: { tried: number; working: number };
  balances: TwoBalances;
  /** Whether Varvel saw the balance rise lately. */
  rose: boolean;
}

export interface NamedLock {
  pattern: LockPattern;
  certainty: Certainty;
}

const certain = (pattern: LockPattern): NamedLock => ({ pattern, certainty: 'certain' });
const likely = (pattern: LockPattern): NamedLock => ({ pattern, certainty: 'likely' });

/** Names why a key is refused. */
export function nameLock(facts: LockFacts): NamedLock {
  const { call, isElsewhere } = facts;
  switch (call.state) {
    case 'failed':
      return certain('no_answer');
    case 'unauthorized':
      return certain('wrong_key');
    case 'allowed':
      return certain(isElsewhere ? 'wrong_account' : 'works');
    case 'refused':
      return isElsewhere ? likely('wrong_account') : certain('not_allowed');
    case 'locked': {
      if (isElsewhere) return certain('wrong_account');
      const named = patternOfReason(call.reason);
      if (named.pattern === 'exhausted_balance') return moneyLock(facts);
      return named.pattern === 'unknown_lock' ? unnamedLock(facts, call.reason) : named;
    }
  }
}

const says = {
  archived: /\barchived\b/i,
  admin: /\badmin(istrative)? lock\b/i,
  topUp: /^top_up\b/i,
  balance: /\bbalance\b/i,
  limit: /\b(spend(ing)?|limit|budget|cap)\b/i,
  member: /\b(member|user)\b/i,
  team: /\b(team|organi[sz]ation|account)\b/i,
  key: /\bkeys?\b/i,
};

/**
 * What fal's words for a lock say by themselves. Those for an exhausted balance, an admin's lock, TOP_UP and an archived
 * account are known from refused calls; those of spending controls are not, so they are never certain.
 */
export function patternOfReason(reason: string | null): NamedLock {
  if (reason === null) return likely('unknown_lock');
  if (says.archived.test(reason)) return certain('archived');
  if (says.admin.test(reason)) return certain('admin_lock');
  if (says.topUp.test(reason)) return certain('top_up');
  if (says.balance.test(reason)) return certain('exhausted_balance');
  if (!says.limit.test(reason) && !says.key.test(reason)) return likely('unknown_lock');
  if (says.member.test(reason)) return likely('member_limit');
  if (says.key.test(reason)) return likely('key_limit');
  return likely(says.team.test(reason) ? 'team_limit' : 'unknown_lock');
}

/** The pattern of a verdict's message, as far as it says it: “Account locked: Exhausted balance.” */
export const patternOfVerdict = (message: string): NamedLock =>
  patternOfReason(message.match(/^(?:Account|Key) locked: (.+)$/)?.[1] ?? message);

/** A lock whose words name nothing known: its neighbours tell whether it is the account's. */
function unnamedLock({ siblings, isAccountLocked }: LockFacts, reason: string | null): NamedLock {
  if (siblings.working > 0) return likely('key_limit');
  const isLimit = reason !== null && says.limit.test(reason);
  if (isLimit && (siblings.tried > 0 || isAccountLocked)) return likely('team_limit');
  return likely('unknown_lock');
}

/** From this balance on, a lock for an exhausted one is no longer believed. fal doesn't say at which it locks. */
const enough = 1;

/** What two readings may differ by: calls are charged between them. */
const tolerance = (amount: number): number => Math.max(0.05, amount / 100);

/** Whether fal's two balances can't both be right. The documented one is never below zero. */
export function contradict({ user, credits }: TwoBalances): boolean {
  if (user.state !== 'read' || credits.state !== 'read' || user.currency !== credits.currency) return false;
  const [a, b] = [Math.max(0, user.amount), Math.max(0, credits.amount)];
  return Math.abs(a - b) > tolerance(Math.max(a, b));
}

/** The balance that was read; the lower one of two. */
export function knownBalance({ user, credits }: TwoBalances): number | null {
  const amounts = [user, credits].flatMap((reading) => (reading.state === 'read' ? [reading.amount] : []));
  return amounts.length > 0 ? Math.min(...amounts) : null;
}

/** Tells apart what fal says in the same words: “Exhausted balance”. */
function moneyLock({ balances, rose }: LockFacts): NamedLock {
  if (contradict(balances)) return certain('contradictory_balances');
  const balance = knownBalance(balances);
  if (balance === null) return certain('exhausted_balance');
  if (balance >= enough || (balance > 0 && rose)) return rose ? certain('top_up_lag') : likely('top_up_lag');
  // fal may lock above zero
  return balance > 0 ? likely('exhausted_balance') : certain('exhausted_balance');
}
