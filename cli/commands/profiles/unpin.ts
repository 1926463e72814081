import { VarvelError } from '../../../core/model/error.ts';
import { nearestPin } from '../../../platform/files/nearest-pin.ts';
import { defineCommand } from '../../framework/command.ts';

export const command = defineCommand({
  summary: 'Take a folder’s pin away',
  examples: ['varvel unpin'],
  options: {},
  positionals: [{ name: 'DIR', optional: true, completes: 'files' }],
  async run({ output, open, cwd }, _, [folder = cwd]) {
    const varvel = await open();
    const { path, removed } = await varvel.pins.unpin(folder, true);
    if (!removed) {
      throw new VarvelError('not_found', `There is no pin ${path}.`, above(folder));
    }
    if (output.json) output.document({ path, removed: true });
    else output.note(`Removed ${path}.`);
    return 0;
  },
});

/** Where the pin that is in force here stands instead. */
function above(folder: string): string {
  const none = 'Nothing pins this folder.';
  try {
    const found = nearestPin(folder);
    return found ? `The pin in force here is ${found.path}.` : none;
  } catch (error) {
    if (error instanceof VarvelError) return error.message;
    throw error;
  }
}
