import { VarvelError } from '../../../core/model/error.ts';
import { defineCommand } from '../../framework/command.ts';
import { budgetSubject, subjectOptions } from './budget-subject.ts';

export const command = defineCommand({
  summary: 'Remove a budget',
  examples: ['varvel budget remove --profile staging'],
  options: subjectOptions,
  positionals: [],
  async run({ output, open, signal }, values) {
    const varvel = await open();
    const subject = await budgetSubject(varvel, values, { signal });
    const { budgets } = await varvel.money();
    const name = budgets.of(subject)?.name;
    if (name === undefined || !budgets.remove(subject))
      throw new VarvelError('not_found', 'It has no budget.', 'Run `varvel budget list` to see them all.');
    if (output.json) output.document({ removed: name });
    else output.done(`Removed the budget of ${name}.`);
    return 0;
  },
});
