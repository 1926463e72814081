import { confirm } from '../../framework/ask.ts';
import { defineCommand } from '../../framework/command.ts';
import { keysAccountOption } from '../../framework/name-options.ts';
import { listed } from '../../framework/words.ts';

export const command = defineCommand({
  summary: 'Revoke a key at fal',
  details:
    'Revokes the key at fal and deletes its secret here. Everything that uses the key stops working. This can’t be undone.',
  examples: ['varvel keys revoke build-bots', 'varvel keys revoke 3f9c0a12 --yes'],
  options: {
    account: keysAccountOption,
    yes: { type: 'boolean', short: 'y', describe: 'don’t ask for confirmation' },
  },
  positionals: [{ name: 'KEY', completes: 'keys' }],
  async run(context, { yes, account }, [wanted = '']) {
    const { output, open, signal } = context;
    const varvel = await open();
    output.progress('Refreshing keys…');
    const key = await varvel.keys.findAnywhere(wanted, account ?? null, signal);
    output.clearProgress();
    const users = varvel.keys.usersOf(key.id).map(({ name }) => name);
    const name = `${key.alias === null ? key.id : `“${key.alias}” (${key.id})`} of ${key.account?.nickname ?? 'an unknown account'}`;
    const breaks = users.length
      ? ` Profile${users.length > 1 ? 's' : ''} ${listed(users)} will have no key.`
      : '';
    await confirm(`Revoking key ${name} can’t be undone.${breaks}`, yes, context);
    const { profilesWithoutKey, wasAtFal } = await varvel.keys.revoke(key, signal);
    const names = profilesWithoutKey.map(({ name: profile }) => profile);
    if (output.json) {
      output.document({ revoked: key.id, profiles_without_key: names });
      return 0;
    }
    output.note(
      wasAtFal
        ? `Revoked key ${name}.`
        : `Key ${name} was already revoked at fal. Its secret is deleted here.`,
    );
    if (names.length) output.note(`Now without a key: ${names.join(', ')}.`);
    return 0;
  },
});
