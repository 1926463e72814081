import type { PartialFailure } from '../../core/model/partial-failure.ts';
import { withHint } from './hint-words.ts';
import type { CommandOutput } from './output/output.ts';

/** Warns about the parts that failed while the rest went on. */
export function warnOf(problems: PartialFailure[], output: CommandOutput): void {
  for (const { about, error } of problems) output.warn(withHint(`${about}: ${error.message}`, error.hint));
}
