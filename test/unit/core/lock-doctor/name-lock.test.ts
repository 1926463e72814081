import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LockFacts, nameLock, patternOfVerdict } from '../../../../core/lock-doctor/name-lock.ts';
import type { BalanceReading } from '../../../../core/model/fal/diagnosis.ts';

const exhausted = 'Exhausted balance. Top up your balance at fal.ai/dashboard/billing.';
const unread: BalanceReading = { state: 'unread', why: 'nobody asked' };
const dollars = (amount: number): BalanceReading => ({ state: 'read', amount, currency: 'USD' });

const facts = (change: Partial<LockFacts>): LockFacts => ({
  call: { state: 'locked', reason: exhausted },
  isElsewhere: false,
  isAccountLocked: true,
  siblings: { tried: 0, working: 0 },
  balances: { user: unread, credits: unread },
  rose: false,
  ...change,
});

const money = (user: BalanceReading, credits: BalanceReading, rose = false) => {
  const { pattern, certainty } = nameLock(facts({ balances: { user, credits }, rose }));
  return `${pattern}, ${certainty}`;
};

test.each([
  ['Admin lock. Please contact support@fal.ai', 'admin_lock', 'certain'],
  ['TOP_UP.', 'top_up', 'certain'],
  ['This account has been archived. Please contact support@fal.ai.', 'archived', 'certain'],
  ['API key spending limit reached.', 'key_limit', 'likely'],
  ['Spending limit of member ada reached for this key', 'member_limit', 'likely'],
  ['Monthly budget of the team is used up', 'team_limit', 'likely'],
  ['Moon phase.', 'unknown_lock', 'likely'],
])('“%s” is %s, %s', (reason, pattern, certainty) => {
  expect(nameLock(facts({ call: { state: 'locked', reason } }))).toEqual({ pattern, certainty });
  if (pattern !== 'unknown_lock')
    expect(patternOfVerdict(`Account locked: ${reason}`)).toEqual({ pattern, certainty });
});

test('the same words for an empty balance are told apart by what the two balances say', () => {
  expect(money(dollars(-0.18), dollars(0))).toBe('exhausted_balance, certain');
  expect(money(dollars(-0.18), dollars(10))).toBe('contradictory_balances, certain');
  expect(money(dollars(10), dollars(0))).toBe('contradictory_balances, certain');
  expect(money(dollars(10), dollars(10))).toBe('top_up_lag, likely');
  expect(money(dollars(10), dollars(10), true)).toBe('top_up_lag, certain');
  expect(money(dollars(10), unread)).toBe('top_up_lag, likely');
  expect(money(unread, dollars(0))).toBe('exhausted_balance, certain');
  // fal may lock above zero
  expect(money(dollars(0.4), dollars(0.4))).toBe('exhausted_balance, likely');
  expect(money(unread, unread)).toBe('exhausted_balance, certain');
});

test('a call that was charged between the two readings is no contradiction', () => {
  const cents = fc.integer({ min: 110, max: 1_000_000 }).map((amount) => amount / 100);
  fc.assert(
    fc.property(cents, fc.double({ min: 0, max: 0.009, noNaN: true }), (amount, share) => {
      expect(money(dollars(amount), dollars(amount * (1 - share)))).toBe('top_up_lag, likely');
    }),
  );
});

test('a limit whose words name nobody is the key’s when another key of the account works', () => {
  const call = { state: 'locked', reason: 'Limit reached.' } as const;
  const named = (siblings: LockFacts['siblings'], isAccountLocked: boolean | null) =>
    nameLock(facts({ call, siblings, isAccountLocked })).pattern;
  expect(named({ tried: 2, working: 1 }, false)).toBe('key_limit');
  expect(named({ tried: 2, working: 0 }, false)).toBe('team_limit');
  expect(named({ tried: 0, working: 0 }, null)).toBe('unknown_lock');
});

test('a key of another account is that first, whatever its account says', () => {
  for (const reason of [exhausted, 'TOP_UP.', 'Moon phase.'])
    expect(nameLock(facts({ call: { state: 'locked', reason }, isElsewhere: true })).pattern).toBe(
      'wrong_account',
    );
  expect(nameLock(facts({ call: { state: 'allowed' }, isElsewhere: true })).pattern).toBe('wrong_account');
  expect(nameLock(facts({ call: { state: 'allowed' } })).pattern).toBe('works');
});

test('a bad secret and a silent server are no lock', () => {
  expect(nameLock(facts({ call: { state: 'unauthorized', words: null } })).pattern).toBe('wrong_key');
  expect(nameLock(facts({ call: { state: 'refused', words: 'Not a member' } })).pattern).toBe('not_allowed');
  expect(nameLock(facts({ call: { state: 'failed', words: 'HTTP 500' } })).pattern).toBe('no_answer');
});
