import { createInterface } from 'node:readline/promises';
import { VarvelError } from '../../core/model/error.ts';
import type { Context } from './command.ts';

/**
 * Asks before something that can't be undone. Without a terminal, `--yes` is required.
 * @throws VarvelError `usage` without a terminal, `cancelled` for anything but yes
 */
export async function confirm(
  question: string,
  yes: boolean | undefined,
  { output, signal }: Context,
): Promise<void> {
  if (yes) return;
  if (!output.canAsk()) throw new VarvelError('usage', question, 'Add --yes to go ahead without a prompt.');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await lines.question(`${question} Type yes to continue: `, { signal });
    if (answer.trim().toLowerCase() === 'yes') return;
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    lines.close();
  }
  throw new VarvelError('cancelled', 'Nothing was changed.', '');
}
