import type { BudgetLevel, BudgetView } from '../../../core/model/fal/budget.ts';
import { isoTime, money } from '../../framework/words.ts';

/** A budget as a document. */
export const budgetDocument = (budget: BudgetView) => ({
  for: budget.subject.kind,
  name: budget.name,
  account: budget.account?.nickname ?? null,
  amount: budget.amount,
  currency: budget.currency,
  period: budget.period,
  from: budget.dates.from,
  to: budget.dates.to,
  time_zone: budget.zone,
  alert_percent: budget.alertPercent,
  spent: budget.spent?.amount ?? null,
  percent: budget.percent,
  level: budget.level,
  as_of: isoTime(budget.spent?.readAt ?? null),
});

export const levelStyles = {
  well: 'green',
  alert: 'yellow',
  over: 'red',
  unknown: 'dim',
} as const satisfies Record<BudgetLevel, string>;

export const levelWords: Record<BudgetLevel, string> = {
  well: 'within budget',
  alert: 'alert',
  over: 'over budget',
  unknown: 'not known',
};

/** “$50.00 per month” */
export const budgetAmount = ({ amount, currency, period }: BudgetView): string =>
  `${money(amount, currency)} per ${period}`;
