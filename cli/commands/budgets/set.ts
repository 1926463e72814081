import { VarvelError } from '../../../core/model/error.ts';
import { budgetPeriods } from '../../../core/model/fal/budget.ts';
import { defineCommand } from '../../framework/command.ts';
import { budgetSubject, subjectOptions } from './budget-subject.ts';
import { budgetAmount, budgetDocument } from './budget-words.ts';

export const command = defineCommand({
  summary: 'Set a budget for an account, a profile or a key',
  details:
    'A budget stops nothing: Varvel notifies you once when its alert is reached, and once when it is used up, while the window’s program runs or you list your budgets. It is compared with fal’s usage, which needs an ADMIN key of the account here and comes with a delay. Days, weeks (from Monday) and months are those of this machine’s time zone. To stop calls, use fal’s spending controls.',
  examples: [
    'varvel budget set 50 --profile staging',
    'varvel budget set 200 --account falconers --per week --alert 90',
  ],
  options: {
    ...subjectOptions,
    per: { type: 'string', choices: budgetPeriods, describe: 'how long it lasts (default: month)' },
    alert: { type: 'string', value: 'PERCENT', describe: 'when to alert (default: 80)' },
  },
  positionals: [{ name: 'AMOUNT' }],
  async run({ output, open, signal }, { per, alert = '80', ...values }, [amount = '']) {
    const varvel = await open();
    const subject = await budgetSubject(varvel, values, { signal });
    const { budgets } = await varvel.money();
    const budget = budgets.set({
      subject,
      amount: readAmount(amount),
      period: budgetPeriods.find((known) => known === per) ?? 'month',
      alertPercent: readPercent(alert),
    });
    if (output.json) output.document(budgetDocument(budget));
    else output.done(`Budget of ${budget.name}: ${budgetAmount(budget)}, alert at ${budget.alertPercent}%.`);
    return 0;
  },
});

/** “50”, “$12.50” */
function readAmount(text: string): number {
  if (/^\$?\d{1,8}(\.\d{1,2})?$/.test(text)) return Number(text.replace('$', ''));
  throw new VarvelError(
    'invalid',
    `“${text.slice(0, 40)}” is not an amount.`,
    'Use US dollars, such as 50 or 12.50.',
  );
}

function readPercent(text: string): number {
  if (/^\d{1,2}%?$/.test(text)) return Number(text.replace('%', ''));
  throw new VarvelError(
    'invalid',
    `“${text.slice(0, 40)}” is not an alert.`,
    'Use 1 to 99 percent of the budget.',
  );
}
