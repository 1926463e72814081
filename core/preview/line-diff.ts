import { diffArrays } from 'diff';
import type { DiffLine, LeftOut } from '../model/machine/file-change.ts';

/** How many unchanged lines are shown around a change. */
const around = 3;

/** Texts that differ in more lines are shown as removed and added completely: an exact diff would take seconds. */
const maxChangedLines = 2000;

const linesOf = (text: string): string[] => {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  if (lines.at(-1) === '') lines.pop();
  return lines;
};

/**
 * The lines that a change removes and adds, with some context; empty when nothing differs. Line breaks
 * are ignored.
 */
export function lineDiff(before: string, after: string): (DiffLine | LeftOut)[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const lines = (kind: DiffLine['kind'], texts: string[]) => texts.map((text): DiffLine => ({ kind, text }));
  const parts = diffArrays(old, now, { maxEditLength: maxChangedLines });
  if (!parts) return [...lines('removed', old), ...lines('added', now)];
  return shortened(
    parts.flatMap(({ added, removed, value }) =>
      lines(added ? 'added' : removed ? 'removed' : 'same', value),
    ),
  );
}

function shortened(lines: DiffLine[]): (DiffLine | LeftOut)[] {
  const shown = new Set<number>();
  for (const [index, { kind }] of lines.entries()) {
    if (kind === 'same') continue;
    for (let near = index - around; near <= index + around; near += 1) shown.add(near);
  }
  if (shown.size === 0) return [];
  const kept: (DiffLine | LeftOut)[] = [];
  for (const [index, line] of lines.entries()) {
    const last = kept.at(-1);
    if (shown.has(index)) kept.push(line);
    else if (last?.kind === 'left_out') last.count += 1;
    else kept.push({ kind: 'left_out', count: 1 });
  }
  return kept;
}
