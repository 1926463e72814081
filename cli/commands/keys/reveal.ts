import { defineCommand } from '../../framework/command.ts';
import { keysAccountOption } from '../../framework/name-options.ts';

export const command = defineCommand({
  summary: 'Print a key with its secret',
  details: 'Prints KEY_ID:KEY_SECRET. The activity log records that you did this, but not the secret.',
  options: {
    account: keysAccountOption,
  },
  positionals: [{ name: 'KEY', completes: 'keys' }],
  async run({ output, open }, { account }, [wanted = '']) {
    const varvel = await open();
    const key = await varvel.keys.reveal(varvel.keys.find(wanted, account));
    if (output.json) output.document({ key });
    else output.line(key);
    return 0;
  },
});
