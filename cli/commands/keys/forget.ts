import { confirm } from '../../framework/ask.ts';
import { defineCommand } from '../../framework/command.ts';
import { keysAccountOption } from '../../framework/name-options.ts';
import { listed } from '../../framework/words.ts';

export const command = defineCommand({
  summary: 'Delete a key’s secret from this machine only',
  details: 'Deletes the key from the vault. At fal it stays valid, and fal can’t show its secret again.',
  options: {
    account: keysAccountOption,
    yes: { type: 'boolean', short: 'y', describe: 'don’t ask for confirmation' },
  },
  positionals: [{ name: 'KEY', completes: 'keys' }],
  async run(context, { yes, account }, [wanted = '']) {
    const { output, open } = context;
    const varvel = await open();
    const key = varvel.keys.find(wanted, account);
    const users = varvel.keys.usersOf(key.id).map(({ name }) => name);
    const breaks = users.length
      ? ` Profile${users.length > 1 ? 's' : ''} ${listed(users)} will have no key.`
      : '';
    await confirm(`Forgetting the secret of ${key.alias ?? key.id} can’t be undone.${breaks}`, yes, context);
    const profilesWithoutKey = await varvel.keys.forget(key);
    if (output.json)
      output.document({
        forgotten: key.id,
        profiles_without_key: profilesWithoutKey.map(({ name }) => name),
      });
    else output.note(`Deleted the secret of ${key.alias ?? key.id}. The key is still valid at fal.`);
    return 0;
  },
});
