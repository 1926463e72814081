import { partProblemRow } from './accounts.ts';
import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';

/** What the window asks for when it shows it, isn’t asked again so soon. In milliseconds. */
const balanceAgeMs = 5 * 60_000;
const budgetAgeMs = 5 * 60_000;

export function moneyHandlers({ session }: HandlerContext): Handlers<MethodsOf<'money'>> {
  const money = () => session.varvel().money();
  return {
    'money.balances': async () => (await money()).balances.known(),

    'money.balance': async ({ accountId }) => (await money()).balances.refresh(accountId, balanceAgeMs),

    'money.budgets': async () => (await money()).budgets.list(),

    'money.refreshBudgets': async () => {
      const { budgets, problems } = await (await money()).budgets.refresh(budgetAgeMs);
      return { budgets, problems: problems.map(partProblemRow) };
    },

    'money.setBudget': async (budget) => (await money()).budgets.set(budget),

    'money.removeBudget': async ({ subject }) => ({ removed: (await money()).budgets.remove(subject) }),
  };
}
