import { VarvelError } from '../../../core/model/error.ts';
import { defineCommand } from '../../framework/command.ts';
import { changeOf, parseAssignments } from './profile-change.ts';
import { profileRow } from './profile-row.ts';

export const command = defineCommand({
  summary: 'Change key, account, host, color or note',
  details:
    'A field left out stays as it is; an empty value, as in note=, removes it. When the new key belongs to another account, the profile follows its key.',
  examples: [
    'varvel profiles set staging key=build-bots-2',
    'varvel profiles set staging note="CI, Berlin" color=teal',
  ],
  options: {},
  positionals: [
    { name: 'PROFILE', completes: 'profiles' },
    { name: 'FIELD=VALUE', rest: true },
  ],
  async run({ output, open, signal }, _, [name = '', ...words]) {
    const assignments = parseAssignments(words);
    if (words.length === 0)
      throw new VarvelError('usage', 'There is nothing to set.', 'Say for example note=TEXT.');
    const varvel = await open();
    varvel.profiles.get(name);
    const { accountFollowed } = varvel.profiles.set(name, await changeOf(varvel, assignments, signal));
    if (accountFollowed) {
      output.warn(
        `The key belongs to ${accountFollowed.to}: profile ${name} now stands for ${accountFollowed.to}, not ${accountFollowed.from}.`,
      );
    }
    if (output.json) output.document(profileRow(varvel.profiles.show(name)));
    else output.note(`${output.paintNote('green', '✓')} Profile ${name} is changed.`);
    return 0;
  },
});
