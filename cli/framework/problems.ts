import type { Problem } from '../../core/model/problem.ts';
import { withHint } from './hint-words.ts';
import type { CommandOutput } from './output.ts';

/** Says on stderr what went wrong for single parts while the rest went on. */
export function warnOf(problems: Problem[], output: CommandOutput): void {
  for (const { about, error } of problems) output.warn(withHint(`${about}: ${error.message}`, error.hint));
}
