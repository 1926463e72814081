/** A line of a text before and after a change. */
export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** How many unchanged lines are shown around a change. */
const around = 3;

/** Unchanged lines that are not shown. */
export interface LeftOut {
  kind: 'left_out';
  count: number;
}

/** So many pairs of lines are compared at most; what differs more is shown as removed and added whole. */
const mostPairs = 4_000_000;

const linesOf = (text: string): string[] => {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  if (lines.at(-1) === '') lines.pop();
  return lines;
};

/**
 * The lines that a change removes and adds, with some that stay around them; none when no line is another. Line breaks
 * don't count.
 */
export function lineDiff(before: string, after: string): (DiffLine | LeftOut)[] {
  const old = linesOf(before);
  const now = linesOf(after);
  const most = Math.min(old.length, now.length);
  let head = 0;
  while (head < most && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const same = (lines: string[]) => lines.map((text): DiffLine => ({ kind: 'same', text }));
  return shortened([
    ...same(old.slice(0, head)),
    ...middle(old.slice(head, old.length - tail), now.slice(head, now.length - tail)),
    ...same(old.slice(old.length - tail)),
  ]);
}

/** The longest common run of lines stays, the others go and come. */
function middle(old: string[], now: string[]): DiffLine[] {
  const removed = (text: string): DiffLine => ({ kind: 'removed', text });
  const added = (text: string): DiffLine => ({ kind: 'added', text });
  if (old.length * now.length > mostPairs) return [...old.map(removed), ...now.map(added)];
  // how many lines are common from here on, for each pair of places
  const width = now.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: DiffLine[] = [];
  for (let i = 0, j = 0; i < old.length || j < now.length; ) {
    const [gone = '', come = ''] = [old[i], now[j]];
    if (i < old.length && j < now.length && gone === come) {
      lines.push({ kind: 'same', text: gone });
      i += 1;
      j += 1;
    } else if (i < old.length && (j === now.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(removed(gone));
      i += 1;
    } else {
      lines.push(added(come));
      j += 1;
    }
  }
  return lines;
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
