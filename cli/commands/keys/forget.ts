import { confirm } from '../../framework/ask.ts';
import { defineCommand } from '../../framework/command.ts';
import { keysAccountOption } from '../../framework/name-options.ts';
import { listed } from '../../framework/words.ts';

export const command = defineCommand({
  summary: 'Forget a secret here only',
  details: 'Takes a key out of the vault. At fal it lives on, and fal will not show its secret again.',
  options: {
    account: keysAccountOption,
    yes: { type: 'boolean', short: 'y', describe: 'don’t ask' },
  },
  positionals: [{ name: 'KEY', completes: 'keys' }],
  async run(context, { yes, account }, [wanted = '']) {
    const { output, open } = context;
    const varvel = await open();
    const key = varvel.keys.find(wanted, account);
    const users = varvel.keys.usersOf(key.id).map(({ name }) => name);
    const breaks = users.length
      ? ` The profile${users.length > 1 ? 's' : ''} ${listed(users)} would have no key.`
      : '';
    await confirm(`Forgetting the secret of ${key.alias ?? key.id} can't be undone.${breaks}`, yes, context);
    const profilesWithoutKey = await varvel.keys.forget(key);
    if (output.json)
      output.document({
        forgotten: key.id,
        profiles_without_key: profilesWithoutKey.map(({ name }) => name),
      });
    else output.note(`The secret of ${key.alias ?? key.id} is no longer here. At fal the key lives on.`);
    return 0;
  },
});
