import { defineCommand } from '../../framework/command.ts';

export const command = defineCommand({
  summary: 'Print the current profile',
  details: 'Prints its name, or nothing when none is current.',
  options: {},
  positionals: [],
  async run({ output, open, env }) {
    const varvel = await open();
    const current = varvel.profiles.current();
    if (output.json) output.document({ current });
    else if (current !== null) output.line(current);
    else output.note('No profile is current.');
    const forced = env.VARVEL_PROFILE;
    if (forced && forced !== current && !output.json)
      output.note(`In this shell VARVEL_PROFILE=${forced} wins over it.`);
    return 0;
  },
});
