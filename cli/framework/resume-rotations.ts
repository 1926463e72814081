import { VarvelError } from '../../core/model/error.ts';
import type { Varvel } from '../../core/varvel.ts';
import { rotationWords } from '../commands/keys/rotation-words.ts';
import type { CommandOutput } from './output/output.ts';

/** After a command: goes on with rotations that are due. They never make the command itself fail. */
export async function resumeRotations(
  varvel: Varvel,
  output: CommandOutput,
  signal: AbortSignal,
): Promise<void> {
  try {
    const rotations = await varvel.rotations();
    for (const rotation of await rotations.resumeDue(false, signal))
      if (!output.json) output.note(rotationWords(rotation));
  } catch (error) {
    if (!(error instanceof VarvelError)) throw error;
    if (error.code !== 'cancelled' && !output.json) output.warn(error.message);
  }
}
