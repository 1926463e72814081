import { hasCode, inWords } from '../../core/model/error.ts';
import { withoutSecrets } from '../../core/model/fal/key.ts';
import { exitCode } from './exit-code.ts';
import type { CommandOutput } from './output/output.ts';

/** Prints what went wrong, and what to do. @returns the exit code */
export async function report(thrown: unknown, output: CommandOutput, debug = false): Promise<number> {
  const error = inWords(thrown);
  const { code } = error;
  // it may repeat an argument or a variable
  const message = withoutSecrets(error.message);
  const { hintWords } = await import('./hint-words.ts');
  const hint = withoutSecrets(hintWords(error.hint));
  if (output.json) {
    output.noteDocument({ error: { code, message, hint } });
  } else {
    output.note([hasCode(error, 'cancelled') ? 'yellow' : 'red', 'varvel:'], ` ${message}`);
    if (hint) output.hint(hint);
  }
  if (debug) {
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
      for (const line of cause.stack?.split('\n') ?? []) output.note(line);
  }
  return exitCode(code);
}
