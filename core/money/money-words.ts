import { amountWords, type BudgetPeriod } from '../model/fal/budget.ts';
import type { BudgetAlert } from './budgets.ts';

const periodWords: Record<BudgetPeriod, string> = { day: 'today', week: 'this week', month: 'this month' };

/** What to tell about a threshold that was reached; the same on every face. */
export function alertWords({ budget, percent }: BudgetAlert): { title: string; text: string } {
  const { name, amount, currency, spent, period } = budget;
  const of = `${amountWords(spent?.amount ?? 0, currency)} of ${amountWords(amount, currency)} spent ${periodWords[period]}`;
  return {
    title: percent === 100 ? `${name} is over budget` : `${name} has spent ${percent}% of its budget`,
    text: `${of}. fal counts with a delay, so it may be more.`,
  };
}
