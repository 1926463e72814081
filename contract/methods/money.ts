import * as z from 'zod/mini';
import {
  type Balance,
  type BudgetSubject,
  type BudgetView,
  budgetLevels,
  budgetPeriods,
} from '../../core/model/fal/budget.ts';
import { id, method, name, nothing, text } from '../method.ts';
import { partProblem } from '../problem.ts';
import { accountName } from './accounts.ts';

export const balance = z.object({
  accountId: text,
  amount: z.number(),
  currency: text,
  readAt: z.number(),
  before: z.nullable(z.object({ amount: z.number(), at: z.number() })),
}) satisfies z.ZodMiniType<Balance>;

const subject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('account'), account: z.object({ id, nickname: id }) }),
  z.object({ kind: z.literal('profile'), profile: name }),
  z.object({ kind: z.literal('key'), keyId: id }),
]) satisfies z.ZodMiniType<BudgetSubject>;

const amount = z.number().check(z.gt(0), z.lte(10_000_000));
const alertPercent = z.number().check(z.int(), z.gte(1), z.lte(99));

const budget = z.object({
  id: z.number(),
  subject,
  amount: z.number(),
  currency: text,
  period: z.enum(budgetPeriods),
  zone: text,
  alertPercent: z.number(),
  spent: z.nullable(z.object({ from: text, amount: z.number(), readAt: z.number() })),
  name: text,
  account: z.nullable(accountName),
  dates: z.object({ from: text, to: text }),
  level: z.enum(budgetLevels),
  percent: z.nullable(z.number()),
}) satisfies z.ZodMiniType<BudgetView>;

export const moneyMethods = {
  /** The balances that were read last, without asking fal. */
  'money.balances': method(nothing, z.array(balance)),
  /** An account's balance, at most some minutes old; null when fal doesn't tell it. */
  'money.balance': method(z.object({ accountId: id }), z.nullable(balance)),
  /** The budgets, with what was read last, without asking fal. */
  'money.budgets': method(nothing, z.array(budget)),
  /** Reads what was spent of the budgets, unless that was done lately. */
  'money.refreshBudgets': method(
    nothing,
    z.object({ budgets: z.array(budget), problems: z.array(partProblem) }),
  ),
  'money.setBudget': method(
    z.object({ subject, amount, period: z.enum(budgetPeriods), alertPercent }),
    budget,
  ),
  'money.removeBudget': method(z.object({ subject }), z.object({ removed: z.boolean() })),
};
