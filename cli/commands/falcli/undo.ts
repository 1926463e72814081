import { defineCommand } from '../../framework/command.ts';
import { listed } from '../../framework/words.ts';

export const command = defineCommand({
  summary: 'Undo Varvel’s last change to the fal CLI’s file',
  details:
    'Restores what Varvel’s last change to the fal CLI’s config.toml replaced. If another program wrote the file since, only values that are still Varvel’s are restored. It also turns off sync. --comments only restores the comments that the fal CLI dropped.',
  examples: ['varvel falcli undo', 'varvel falcli undo --comments'],
  options: { comments: { type: 'boolean', describe: 'only restore dropped comments' } },
  positionals: [],
  async run({ output, open }, { comments }) {
    const varvel = await open();
    const falcli = await varvel.falcli();
    if (comments) {
      const changed = await falcli.restoreComments();
      if (output.json) output.document({ path: falcli.path, comments: changed });
      else if (changed) output.done(`Comments in ${falcli.path} restored.`);
      else output.note('No comments are missing.');
      return 0;
    }
    const { path, left, removed, wasInStep } = await falcli.undo();
    if (output.json) {
      output.document({ path, left, removed, in_step: 'off' });
      return 0;
    }
    output.done(removed ? `Undone: ${path} deleted, as Varvel created it.` : `Undone: ${path} restored.`);
    if (left.length > 0) output.warn(`Not restored, because another program changed them: ${listed(left)}.`);
    if (wasInStep !== 'off') output.note('fal CLI sync is off.');
    return 0;
  },
});
