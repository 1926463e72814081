import { defineCommand } from '../../framework/command.ts';
import { profileRow } from './profile-row.ts';

export const command = defineCommand({
  summary: 'Rename a profile',
  details:
    'The current profile stays current under its new name. Pins of the old name don’t change: pin those folders again.',
  examples: ['varvel profiles rename staging testing'],
  options: {},
  positionals: [{ name: 'FROM', completes: 'profiles' }, { name: 'TO' }],
  async run({ output, open }, _, [from = '', to = '']) {
    const varvel = await open();
    varvel.profiles.rename(from, to);
    if (output.json) output.document(profileRow(varvel.profiles.show(to)));
    else output.done(`Profile “${from}” renamed to “${to}”.`);
    return 0;
  },
});
