import type { FileChange } from '../model/file-change.ts';
import { lineDiff } from './line-diff.ts';

/**
 * @param change texts as people read them; null where there is no file
 * @param mask what of a line may be seen
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
