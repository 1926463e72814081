import type { Planned } from '../../../core/exports/files.ts';
import { maskedKey } from '../../../core/preview/mask.ts';
import type { CommandOutput } from '../../framework/output.ts';

/** What an export changes in a file, line by line, with the keys masked. */
export function exportDiff(
  path: string,
  made: boolean,
  { changes, text }: Planned,
  output: Pick<CommandOutput, 'paintNote' | 'printable'>,
): string {
  const lines = changes.flatMap(({ variable, before, splice }) => {
    const at = text.slice(0, splice.start).split('\n').length;
    const after = `${output.paintNote('green', `+ ${variable}=${maskedKey(splice.inserted)}`)}`;
    if (before === undefined) return [after];
    return [`  line ${at}:`, output.paintNote('red', `- ${variable}=${maskedKey(before ?? '')}`), after];
  });
  return [`${made ? 'new file' : 'change to'} ${output.printable(path)}`, ...lines].join('\n');
}
