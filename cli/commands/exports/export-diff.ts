import type { Planned } from '../../../core/exports/file/files.ts';
import { maskedKey } from '../../../core/preview/mask.ts';
import type { CommandOutput } from '../../framework/output/output.ts';

/** Shows what an export changes in a file, line by line, with the keys masked. */
export function showExportDiff(
  path: string,
  made: boolean,
  { changes, text }: Planned,
  output: CommandOutput,
): void {
  output.note(`${made ? 'new file' : 'change to'} ${path}`);
  for (const { variable, before, splice } of changes) {
    if (before !== undefined) {
      output.note(`  line ${text.slice(0, splice.start).split('\n').length}:`);
      output.note(['red', `- ${variable}=${maskedKey(before ?? '')}`]);
    }
    output.note(['green', `+ ${variable}=${maskedKey(splice.inserted)}`]);
  }
}
