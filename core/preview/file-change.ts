import type { FileChange } from '../model/machine/file-change.ts';
import { lineDiff } from './line-diff.ts';

/**
 * @param change readable texts; null when there is no file
 * @param mask hides secrets in a line
 */
export function previewChange(
  { path, before, after }: { path: string; before: string | null; after: string | null },
  mask: (line: string) => string,
): FileChange {
  const lines = lineDiff(before ?? '', after ?? '').map((line) =>
    'text' in line ? { ...line, text: mask(line.text) } : line,
  );
  return { path, exists: before !== null, lines };
}
