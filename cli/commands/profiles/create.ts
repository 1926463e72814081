import { defineCommand } from '../../framework/command.ts';
import { changeOf, parseAssignments } from './profile-change.ts';
import { profileRow } from './profile-row.ts';

export const command = defineCommand({
  summary: 'Create a profile',
  details:
    'If you set a key, the profile uses the key’s account, because the key decides who is billed. key= takes a key’s id or alias.',
  examples: [
    'varvel profiles create staging key=build-bots color=green',
    'varvel profiles create work account=falconers',
  ],
  options: {},
  positionals: [{ name: 'NAME' }, { name: 'FIELD=VALUE', optional: true, rest: true, completes: 'fields' }],
  async run({ output, open, signal }, _, [name = '', ...words]) {
    const assignments = parseAssignments(words);
    const varvel = await open();
    varvel.profiles.create(name, await changeOf(varvel, assignments, signal));
    if (output.json) output.document(profileRow(varvel.profiles.show(name)));
    else output.done(`Profile “${name}” created. Switch to it with \`varvel switch ${name}\`.`);
    return 0;
  },
});
