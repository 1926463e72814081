import { VarvelError } from '../../../core/model/error.ts';
import { nearestPin } from '../../../platform/places/nearest-pin.ts';
import { defineCommand } from '../../framework/command.ts';
import { givenPath } from '../../framework/given-path.ts';

export const command = defineCommand({
  summary: 'Remove a folder’s pin',
  examples: ['varvel unpin'],
  options: {},
  positionals: [{ name: 'DIR', optional: true, completes: 'files' }],
  async run({ output, open, cwd }, _, [given = '.']) {
    const folder = givenPath(given, { cwd });
    const varvel = await open();
    const { path, removed } = await varvel.pins.unpin(folder, true);
    if (!removed) {
      throw new VarvelError('not_found', `${folder} is not pinned.`, above(folder));
    }
    if (output.json) output.document({ path, removed: true });
    else output.done(`Removed ${path}.`);
    return 0;
  },
});

/** Says which pin applies here instead. */
function above(folder: string): string {
  const none = 'No folder above it is pinned either.';
  try {
    const found = nearestPin(folder);
    return found ? `The active pin is ${found.path}.` : none;
  } catch (error) {
    if (error instanceof VarvelError) return error.message;
    throw error;
  }
}
