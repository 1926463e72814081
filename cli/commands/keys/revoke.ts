import { confirm } from '../../framework/ask.ts';
import { defineCommand } from '../../framework/command.ts';
import { keysAccountOption } from '../../framework/name-options.ts';
import { listed } from '../../framework/words.ts';

export const command = defineCommand({
  summary: 'Revoke a key at fal',
  details:
    'Revokes the key at fal, which can’t be undone, and forgets its secret here. Whatever uses the key stops working.',
  examples: ['varvel keys revoke build-bots', 'varvel keys revoke 3f9c0a12 --yes'],
  options: {
    account: keysAccountOption,
    yes: { type: 'boolean', short: 'y', describe: 'don’t ask' },
  },
  positionals: [{ name: 'KEY', completes: 'keys' }],
  async run(context, { yes, account }, [wanted = '']) {
    const { output, open, signal } = context;
    const varvel = await open();
    output.progress('Asking fal…');
    const key = await varvel.keys.findAnywhere(wanted, account ?? null, signal);
    output.clearProgress();
    const users = varvel.keys.usersOf(key.id).map(({ name }) => name);
    const name = `${key.alias === null ? key.id : `“${key.alias}” (${key.id})`} of ${key.account?.nickname ?? 'an unknown account'}`;
    const breaks = users.length
      ? ` The profile${users.length > 1 ? 's' : ''} ${listed(users)} would have no key.`
      : '';
    await confirm(`Revoking key ${name} can't be undone.${breaks}`, yes, context);
    const { profilesWithoutKey, wasAtFal } = await varvel.keys.revoke(key, signal);
    const names = profilesWithoutKey.map(({ name: profile }) => profile);
    if (output.json) {
      output.document({ revoked: key.id, profiles_without_key: names });
      return 0;
    }
    output.note(
      wasAtFal
        ? `Revoked key ${name}.`
        : `fal did not have key ${name} any more; its secret is forgotten here.`,
    );
    if (names.length) output.note(`Without a key now: ${names.join(', ')}.`);
    return 0;
  },
});
