import { confirmOnTerminal } from '../../framework/ask.ts';
import { defineCommand } from '../../framework/command.ts';
import { yesOption } from '../../framework/name-options.ts';
import { listed, resultsOfEach } from '../../framework/words.ts';

export const command = defineCommand({
  summary: 'Delete a profile and keep its key',
  details:
    'Deletes only profiles. Their keys stay in the vault and at fal, so you can create the profiles again. Asks first on a terminal.',
  examples: ['varvel profiles delete staging', 'varvel profiles delete staging client --yes'],
  options: { yes: yesOption },
  positionals: [{ name: 'PROFILE', rest: true, completes: 'profiles' }],
  async run(context, { yes }, words) {
    const { output, open } = context;
    const varvel = await open();
    const names = [...new Set(words)];
    for (const name of names) varvel.profiles.get(name);
    const quoted = names.map((name) => `“${name}”`);
    await confirmOnTerminal(
      `Profile${names.length > 1 ? 's' : ''} ${listed(quoted)} will be deleted.`,
      yes,
      context,
    );
    await resultsOfEach(names, output, async (name) => {
      const { profile, wasCurrent } = varvel.profiles.delete(name);
      if (!output.json) {
        output.done(`Profile “${name}” deleted.${wasCurrent ? ' There is no current profile now.' : ''}`);
        if (profile.keyId !== null)
          output.note(
            `Its key stays. To create it again: varvel profiles create ${name} key=${profile.keyId}`,
          );
      }
      return { deleted: name, was_current: wasCurrent };
    });
    return 0;
  },
});
