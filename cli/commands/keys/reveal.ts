import { defineCommand } from '../../framework/command.ts';
import { keysAccountOption } from '../../framework/name-options.ts';

export const command = defineCommand({
  summary: 'Print a key with its secret',
  details: 'Prints KEY_ID:KEY_SECRET. The activity log records that you did this, but not the secret.',
  examples: ['varvel keys reveal build-bots | wl-copy'],
  options: {
    account: keysAccountOption,
  },
  positionals: [{ name: 'KEY', completes: 'keys' }],
  async run({ output, open, signal }, { account }, [wanted = '']) {
    const varvel = await open();
    const key = await varvel.keys.reveal(await varvel.keys.findHere(wanted, account ?? null, signal));
    if (output.json) output.document({ key });
    else output.line(key);
    return 0;
  },
});
