import type { Planned } from '../core/exports/files.ts';
import type { Output } from './output.ts';

/** What an export changes in a file, line by line, with the keys masked. */
export function exportDiff(
  path: string,
  made: boolean,
  { changes, text }: Planned,
  output: Pick<Output, 'paintNote' | 'printable'>,
): string {
  const lines = changes.flatMap(({ variable, before, splice }) => {
    const at = text.slice(0, splice.start).split('\n').length;
    const after = `${output.paintNote('green', `+ ${variable}=${masked(splice.inserted)}`)}`;
    if (before === undefined) return [after];
    return [`  line ${at}:`, output.paintNote('red', `- ${variable}=${masked(before ?? '')}`), after];
  });
  return [`${made ? 'new file' : 'change in'} ${output.printable(path)}`, ...lines].join('\n');
}

/** The id of a key, which is no secret; of anything else nothing. */
const masked = (text: string): string => {
  const [id] = text.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=:)/i) ?? [];
  return id === undefined ? '…' : `${id}:…`;
};
