import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DiffLine } from '../../../core/model/machine/file-change.ts';
import { lineDiff } from '../../../core/preview/line-diff.ts';
import { maskedJson, maskedLine } from '../../../core/preview/mask.ts';

const id = '3f2b8c1e-0000-4000-8000-0123456789ab';
const secret = '0123456789abcdef0123456789abcdef';
const key = `${id}:${secret}`;

describe('the lines of a change', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });
  const whole = (each: string[]) => each.map((line) => `${line}\n`).join('');

  test('say what goes and what comes, and nothing else changes', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const filler = Array.from({ length: 40 }, (_, index) => `line ${index}`);
        const diff = lineDiff(whole([...before, ...filler]), whole([...after, ...filler]));
        const shown = diff.filter((line): line is DiffLine => line.kind !== 'left_out');
        const side = (kind: string) =>
          shown.filter((line) => line.kind === kind || line.kind === 'same').map(({ text }) => text);
        // what is shown is the beginning of the file: all that follows is as it was
        expect([...before, ...filler].join('\n')).toContain(side('removed').join('\n'));
        expect([...after, ...filler].join('\n')).toContain(side('added').join('\n'));
        expect(diff.length === 0).toBe(whole(before) === whole(after));
      }),
    );
  });

  test('leave out what is far from them, and say how much', () => {
    const before = Array.from({ length: 30 }, (_, index) => `${index}`);
    const after = before.with(15, 'x');
    const diff = lineDiff(before.join('\n'), after.join('\r\n'));
    expect(diff.map((line) => ('text' in line ? line.text : line.count))).toEqual([
      12,
      '12',
      '13',
      '14',
      '15',
      'x',
      '16',
      '17',
      '18',
      11,
    ]);
  });

  test('are shown with all of a short file', () => {
    expect(lineDiff('a\nb\nc', 'x\nb\nc')).toEqual([
      { kind: 'removed', text: 'a' },
      { kind: 'added', text: 'x' },
      { kind: 'same', text: 'b' },
      { kind: 'same', text: 'c' },
    ]);
  });

  test('are few for a change in a file of ten thousand lines, and all of it for another file', () => {
    const many = (seed: string) => Array.from({ length: 10_000 }, (_, index) => `${seed}${index}`).join('\n');
    expect(lineDiff(many('a'), `${many('a')}\nend`)).toHaveLength(5);
    expect(lineDiff(many('a'), many('b'))).toHaveLength(20_000);
  });
});

describe('a line that is shown', () => {
  test.each([
    [`FAL_KEY=${key}`, `FAL_KEY=${id}:…`],
    [`export FAL_KEY='${key}' # here`, `export FAL_KEY='${id}:…'`],
    [`  key = "${key}"`, `  key = "${id}:…"`],
    [`FAL_KEY=unusual:${secret}`, 'FAL_KEY=…'],
    ['FAL_KEY=', 'FAL_KEY='],
    ['PASSWORD=hunter2', 'PASSWORD=…'],
    [`old = { key = "${key}", host = "x" }`, `old = ${id}:…`],
    [`studio.key = "${key}"`, `studio.key = "${id}:…"`],
    ['host = "api.alpha.fal.ai:443"', 'host = "api.alpha.fal.ai:443"'],
    [`host = "${key}"`, `host = ${id}:…`],
    ['studio.host = "fal.dev"', 'studio.host = "fal.dev"'],
    ['[studio-of-the-long-name]', '[studio-of-the-long-name]'],
    [`["${key}"]`, `${id}:…`],
    [`# was ${key}, see README`, `# was ${id}:…, see README`],
    [`# ${secret}`, '# …'],
    [secret, '…'],
    [`${secret}==`, '…=='],
    [key, `${id}:…`],
    ['if [ -f x ]; then . x; fi', 'if [ -f x ]; then . x; fi'],
    ['', ''],
  ])('%j is %j', (line, shown) => {
    expect(maskedLine(line, ['host'])).toBe(shown);
  });

  test.each([
    [`  "FAL_KEY": "${key}",`, `  "FAL_KEY": "${id}:…",`],
    [`{"A":"hunter2","FAL_KEY":"${key}","N":12345}`, `{"A":"…","FAL_KEY":"${id}:…","N":…}`],
    ['  "FAL_HOST": "fal.dev"', '  "FAL_HOST": "fal.dev"'],
    ['  "escaped\\"quote": "a\\"b"', '  "escaped\\"quote": "…"'],
    ['{', '{'],
    ['  "list": ["hunter2", true, null]', '  "list": ["…", true, null]'],
  ])('of JSON, %j is %j', (line, shown) => {
    expect(maskedJson(line, ['FAL_HOST'])).toBe(shown);
  });

  test('never holds a key’s secret, whatever stands around it', () => {
    const around = fc.string({ unit: 'grapheme-ascii', maxLength: 30 });
    const names = fc.constantFrom(
      '',
      'FAL_KEY=',
      'export A=',
      'key = ',
      'host = ',
      '# ',
      '"A": ',
      '[',
      'A<<',
      'set -gx A ',
    );
    fc.assert(
      fc.property(names, around, around, (start, before, after) => {
        const hidden = randomBytes(16).toString('hex');
        const line = `${start}${before}${randomUUID()}:${hidden}${after}`;
        for (const mask of [maskedLine, maskedJson]) {
          expect(mask(line, ['host'])).not.toContain(hidden);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
