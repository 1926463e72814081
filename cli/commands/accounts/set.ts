import { parseRotateAfter } from '../../../core/reminders/rotate-after.ts';
import { defineCommand } from '../../framework/command.ts';
import { rotateAfterIn, rotateAfterWords } from '../keys/rotate-by-words.ts';

export const command = defineCommand({
  summary: 'Say when to remind you to rotate an account’s keys',
  details:
    'rotate-by= takes how old the keys may get, such as 90d or 12w, or never. Empty, the rule for all keys counts: see `varvel settings set`. A key’s own rule counts more: see `varvel keys set`.',
  examples: ['varvel accounts set falconers rotate-by=90d'],
  options: {},
  positionals: [
    { name: 'ACCOUNT', completes: 'accounts' },
    { name: 'rotate-by=TIME', completes: 'rotate-by' },
  ],
  async run({ output, open, signal }, _, [wanted = '', assignment = '']) {
    const after = parseRotateAfter(rotateAfterIn(assignment));
    const varvel = await open();
    const { id, nickname } = await varvel.accounts.find(wanted, signal);
    varvel.reminders.setForAccount(id, after);
    if (output.json) output.document({ id, nickname, rotate_by_days: after });
    else output.done(`Keys of ${nickname}: ${rotateAfterWords(after)}.`);
    return 0;
  },
});
