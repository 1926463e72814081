import { VarvelError } from '../../../core/model/error.ts';
import { accountFollowedWords } from '../../../core/profiles/account-followed.ts';
import { defineCommand } from '../../framework/command.ts';
import { changeOf, parseAssignments } from './profile-change.ts';
import { profileRow } from './profile-row.ts';

export const command = defineCommand({
  summary: 'Change a profile’s key, account, host, color or note',
  details:
    'Other fields stay as they are. To remove a value, leave it empty: note=. If the new key belongs to another account, the profile switches to that account.',
  examples: [
    'varvel profiles set staging key=build-bots-2',
    'varvel profiles set staging note="CI, Berlin" color=teal',
  ],
  options: {},
  positionals: [
    { name: 'PROFILE', completes: 'profiles' },
    { name: 'FIELD=VALUE', rest: true, completes: 'fields' },
  ],
  async run({ output, open, signal }, _, [name = '', ...words]) {
    const assignments = parseAssignments(words);
    if (words.length === 0)
      throw new VarvelError('usage', 'Nothing to change.', 'Add a field, for example note=TEXT.');
    const varvel = await open();
    varvel.profiles.get(name);
    const { accountFollowed } = varvel.profiles.set(name, await changeOf(varvel, assignments, signal));
    if (accountFollowed) {
      output.warn(accountFollowedWords(name, accountFollowed));
    }
    if (output.json) output.document(profileRow(varvel.profiles.show(name)));
    else output.done(`Profile “${name}” updated.`);
    return 0;
  },
});
