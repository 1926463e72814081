import { VarvelError } from '../../../core/model/error.ts';
import { localTime } from '../../../core/model/local-time.ts';
import { parseRotateAfter } from '../../../core/reminders/rotate-after.ts';
import { defineCommand } from '../../framework/command.ts';
import { keysAccountOption } from '../../framework/name-options.ts';
import { isoTime } from '../../framework/words.ts';
import { rotateAfterIn, rotateByWords } from './rotate-by-words.ts';

export const command = defineCommand({
  summary: 'Say when to remind you to rotate a key',
  details:
    'rotate-by= takes how old the key may get, such as 90d or 12w, or never. Empty, the policy of the key’s account counts (`varvel accounts set`), or the rule for all keys (`varvel settings set`). `varvel keys list`, `varvel doctor`, the window and the tray show what is due; the desktop program notifies you once.',
  examples: ['varvel keys set build-bots rotate-by=90d', 'varvel keys set build-bots rotate-by='],
  options: { account: keysAccountOption },
  positionals: [
    { name: 'KEY', completes: 'keys' },
    { name: 'rotate-by=TIME', completes: 'rotate-by' },
  ],
  async run({ output, open, signal }, { account = null }, [wanted = '', assignment = '']) {
    const after = parseRotateAfter(rotateAfterIn(assignment));
    const varvel = await open();
    const key = await varvel.keys.findHere(wanted, account, signal);
    if (varvel.keys.expiryOf(key.id) !== null)
      throw new VarvelError('conflict', `Key ${key.id} is temporary: it ends by itself.`, '');
    varvel.reminders.setForKey(key, after);
    const { dueAt, ...rule } = varvel.reminders.ruleOf()(key);
    if (output.json) output.document({ id: key.id, alias: key.alias, rotate_by: isoTime(dueAt) });
    else
      output.done(
        `Key ${key.alias ?? key.id}: ${rotateByWords(rule)}${dueAt === null ? '' : `, next by ${localTime(dueAt)}`}.`,
      );
    return 0;
  },
});
