import { defineCommand } from '../../framework/command.ts';

export const command = defineCommand({
  summary: 'Print the current profile',
  details: 'Prints the profile’s name, or nothing if there is none.',
  examples: ['varvel current'],
  doesDueWork: false,
  options: {},
  positionals: [],
  async run({ output, open, env }) {
    const varvel = await open();
    const current = varvel.profiles.current();
    if (output.json) output.document({ current });
    else if (current !== null) output.line(current);
    else output.note('No current profile.');
    const forced = env.VARVEL_PROFILE;
    if (forced && forced !== current && !output.json)
      output.note(`VARVEL_PROFILE=${forced} overrides it in this shell.`);
    return 0;
  },
});
