import { alertWords } from '../../../core/money/money-words.ts';
import { defineCommand } from '../../framework/command.ts';
import { warnOf } from '../../framework/problems.ts';
import { age, money } from '../../framework/words.ts';
import { budgetAmount, budgetDocument, levelStyles, levelWords } from './budget-words.ts';

/** Usage that is younger than this isn’t read again, in milliseconds. */
const maxAgeMs = 60_000;

export const command = defineCommand({
  summary: 'List budgets and what is spent of them',
  details:
    'Reads fal’s usage, at most once a minute. fal counts with a delay, so a little more may be spent than shown. A budget without an ADMIN key of its account is shown as not known.',
  examples: ['varvel budget list', 'varvel budget list --json'],
  options: {},
  positionals: [],
  async run({ output, open, signal }) {
    const varvel = await open();
    output.progress('Getting usage…');
    const { budgets } = await varvel.money();
    const { budgets: all, problems } = await budgets.refresh(maxAgeMs, signal);
    warnOf(problems, output);
    const alerts = budgets.claimAlerts();
    if (output.json) {
      output.document({ budgets: all.map(budgetDocument) });
      return 0;
    }
    if (all.length === 0) {
      output.note('No budgets. Set one with `varvel budget set AMOUNT --account A`.');
      return 0;
    }
    const now = Date.now();
    output.table(
      [
        { title: 'BUDGET', text: ({ name }) => name, style: () => 'bold' },
        { title: 'FOR', text: ({ subject }) => subject.kind },
        { title: 'ACCOUNT', text: ({ account }) => account?.nickname ?? '–' },
        { title: 'AMOUNT', text: budgetAmount, align: 'right' },
        {
          title: 'SPENT',
          text: ({ spent, currency }) => (spent ? money(spent.amount, currency) : '–'),
          align: 'right',
        },
        { title: '%', text: ({ percent }) => (percent === null ? '–' : `${percent}%`), align: 'right' },
        { title: 'STATE', text: ({ level }) => levelWords[level], style: ({ level }) => levelStyles[level] },
        { title: 'AS OF', text: ({ spent }) => (spent ? age(spent.readAt, now) : '–'), style: () => 'dim' },
      ],
      all,
    );
    for (const alert of alerts) {
      const { title, text } = alertWords(alert);
      output.warn(`${title}: ${text}`);
    }
    return 0;
  },
});
