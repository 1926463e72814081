import { expect, it } from 'vitest';
import type { DiffLine } from '../../../contract/rows.ts';
import { folded } from '../../../renderer/components/file-diff.tsx';

const same = (count: number): DiffLine[] =>
  Array.from({ length: count }, (_, at) => ({ kind: 'same', text: `line ${at}` }));

it('a change in a long file is shown with the lines near it, the others are counted', () => {
  const parts = folded([...same(40), { kind: 'added', text: 'FAL_KEY=…' }, ...same(1000)]);
  expect(parts.map((part) => ('hidden' in part ? part.hidden : part.kind))).toEqual([
    38,
    'same',
    'same',
    'added',
    'same',
    'same',
    998,
  ]);
});

it('a short file is shown whole', () => {
  const lines: DiffLine[] = [{ kind: 'removed', text: 'a' }, { kind: 'added', text: 'b' }, ...same(2)];
  expect(folded(lines).map((part) => 'text' in part && part.text)).toEqual(['a', 'b', 'line 0', 'line 1']);
});
