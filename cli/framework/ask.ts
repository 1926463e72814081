import { createInterface } from 'node:readline/promises';
import { VarvelError } from '../../core/model/error.ts';
import type { Context } from './command.ts';

/** Asks on a terminal before something that can be made good again; elsewhere it goes ahead. */
export async function confirmOnTerminal(
  question: string,
  yes: boolean | undefined,
  context: Context,
): Promise<void> {
  if (context.output.canAsk()) await confirm(question, yes, context);
}

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
  output.note(question);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C in raw mode, Ctrl-D, and a terminal that was closed end the lines without an answer
  const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  try {
    const answer = await Promise.race([lines.question('Type yes to continue: ', { signal }), closed]);
    if (['y', 'yes'].includes(answer.trim().toLowerCase())) return;
    if (answer === '') output.note('');
  } catch {
    // Ctrl-C: the next message starts on its own line
    output.note('');
  } finally {
    lines.close();
  }
  throw new VarvelError('cancelled', 'Nothing was changed.', '');
}
