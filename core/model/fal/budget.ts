import { VarvelError } from '../error.ts';
import type { AccountName } from './account.ts';

/** How long a budget lasts before it starts over. */
export const budgetPeriods = ['day', 'week', 'month'] as const;
export type BudgetPeriod = (typeof budgetPeriods)[number];

/** What a budget is for: an account, one of its keys, or the key that a profile uses. */
export type BudgetSubject =
  | { kind: 'account'; account: AccountName }
  | { kind: 'profile'; profile: string }
  | { kind: 'key'; keyId: string };

/** A limit that a person set for what is spent. It stops nothing: Varvel says when it is reached. */
export interface Budget {
  id: number;
  subject: BudgetSubject;
  amount: number;
  /** ISO 4217. Spend in another currency doesn't count. */
  currency: string;
  period: BudgetPeriod;
  /** The time zone of its days, by its IANA name. */
  zone: string;
  /** At how many percent to tell, besides 100. */
  alertPercent: number;
  /** What fal's usage said last; null before that. */
  spent: BudgetSpend | null;
}

export interface BudgetSpend {
  /** The first day of the period that was read: 2026-11-01. */
  from: string;
  amount: number;
  /** Milliseconds since 1970. */
  readAt: number;
}

/** What a budget allows each day, if it is spent evenly. A month counts as 30 days. */
export const dailyPace = ({ amount, period }: Pick<Budget, 'amount' | 'period'>): number =>
  amount / { day: 1, week: 7, month: 30 }[period];

/** Dates of a period, in the budget's zone; the last one is inside. */
export interface PeriodDates {
  from: string;
  to: string;
}

export const budgetLevels = ['well', 'alert', 'over', 'unknown'] as const;
export type BudgetLevel = (typeof budgetLevels)[number];

/** A budget as the faces show it. */
export interface BudgetView extends Budget {
  /** The subject's name: a nickname, a profile, an alias. */
  name: string;
  account: AccountName | null;
  dates: PeriodDates;
  level: BudgetLevel;
  /** Whole percent of the amount; null when nothing was read for this period. */
  percent: number | null;
}

/** An account's balance, as it was read last. */
export interface Balance {
  accountId: string;
  amount: number;
  currency: string;
  /** Milliseconds since 1970. */
  readAt: number;
  /** The balance that was there before it changed. */
  before: { amount: number; at: number } | null;
}

/** @throws VarvelError `invalid` */
export function checkBudget({ amount, alertPercent }: Pick<Budget, 'amount' | 'alertPercent'>): void {
  if (!(amount > 0 && amount <= 10_000_000)) {
    throw new VarvelError('invalid', 'Not a valid budget.', 'Use an amount above 0, for example 50.');
  }
  if (!Number.isInteger(alertPercent) || alertPercent < 1 || alertPercent > 99) {
    throw new VarvelError('invalid', 'Not a valid alert.', 'Use 1 to 99 percent of the budget.');
  }
}

/** “$10.00”, or “-0.18 EUR”. */
export const amountWords = (amount: number, currency: string): string => {
  const digits = Math.abs(amount).toFixed(2);
  const sign = amount < 0 ? '-' : '';
  return currency === 'USD' ? `${sign}$${digits}` : `${sign}${digits} ${currency}`;
};
