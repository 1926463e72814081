import { defineCommand } from '../../framework/command.ts';
import { listed } from '../../framework/words.ts';

export const command = defineCommand({
  summary: 'Take our last change of fal’s file back',
  details:
    'Puts back what our last change of fal’s config.toml replaced: to the byte while nobody has written it since, else each value that is still ours. It also stops keeping in step. --comments puts back the comments that fal’s CLI dropped, and nothing else.',
  examples: ['varvel falcli undo', 'varvel falcli undo --comments'],
  options: { comments: { type: 'boolean', describe: 'only put back the comments that were dropped' } },
  positionals: [],
  async run({ output, open }, { comments }) {
    const varvel = await open();
    const falcli = await varvel.falcli();
    if (comments) {
      const changed = await falcli.restoreComments();
      if (output.json) output.document({ path: falcli.path, comments: changed });
      else output.note(changed ? `The comments of ${falcli.path} are back.` : 'No comment is missing.');
      return 0;
    }
    const { path, left, removed, wasInStep } = await falcli.undo();
    if (output.json) {
      output.document({ path, left, removed, in_step: 'off' });
      return 0;
    }
    output.note(
      removed ? `${path}, which we had made, is gone again.` : `${path} is as it was before our last change.`,
    );
    if (left.length > 0) output.warn(`Changed since by another program, and left: ${listed(left)}.`);
    if (wasInStep !== 'off') output.note('It is not kept in step any more.');
    return 0;
  },
});
