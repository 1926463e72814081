import { printable } from '../../../core/model/printable.ts';
import type { Style } from './stream.ts';
import { longestWord, width, wrap } from './wrap.ts';

/** One column of a table. */
export interface Column<Row> {
  title: string;
  text(row: Row): string;
  /** A shorter text, for a terminal on which the whole one doesn't fit. */
  short?(row: Row): string;
  style?(row: Row): Style | null;
  align?: 'right';
}

/** A cell as text and style. */
interface Cell {
  text: string;
  style: Style | null;
}

type Paint = (style: Style, text: string) => string;

const gap = 2;
/** Rows that would take more lines are shown as blocks. */
const mostLines = 4;

/** For a pipe: a line per row, with a tab between columns. The same on every machine, for `cut` and `awk`. */
export const tabbed = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string =>
  rows.map((row) => `${columns.map(({ text }) => printable(text(row)).trim()).join('\t')}\n`).join('');

/**
 * For a terminal: aligned columns under their titles. What is too wide gets shorter texts, then several lines a row, and
 * then a block a row; no word is broken.
 * @param available the terminal's columns; null when unknown
 */
export function fitted<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  available: number | null,
  paint: Paint,
): string {
  const titles = columns.map(({ title }): Cell => ({ text: title, style: null }));
  const cellsOf = (isShort: boolean): Cell[][] => [
    ...(columns.some(({ title }) => title !== '') ? [titles] : []),
    ...rows.map((row) =>
      columns.map(({ text, short, style }) => ({
        text: printable((isShort && short ? short : text)(row)),
        style: style?.(row) ?? null,
      })),
    ),
  ];
  const widest = (cells: Cell[][], measure: (text: string) => number): number[] =>
    columns.map((_, index) =>
      cells.reduce((most, row) => Math.max(most, measure(row[index]?.text ?? '')), 0),
    );
  const isRight = columns.map(({ align }) => align === 'right');
  for (const isShort of [false, true]) {
    const cells = cellsOf(isShort);
    const natural = widest(cells, width);
    if (available === null || total(natural) <= available)
      return grid(titles, cells, natural, isRight, paint);
    if (!isShort) continue;
    // a number stays on a line with its unit
    const least = widest(cells, longestWord).map(
      (word, index) => (isRight[index] ? natural[index] : null) ?? word,
    );
    const shared = share(least, natural, available);
    const isLow = cells.every((row) =>
      row.every(({ text }, index) => wrap(text, shared?.[index] ?? 0).length <= mostLines),
    );
    if (shared && isLow) return grid(titles, cells, shared, isRight, paint);
  }
  return blocks(titles, cellsOf(false).slice(1), available ?? 0, paint);
}

const total = (widths: number[]): number =>
  widths.reduce((sum, one) => sum + one, 0) + gap * (widths.length - 1);

/** Widths between the least and the natural ones that fit, or null when not even the least do. */
function share(least: number[], natural: number[], available: number): number[] | null {
  let rest = available - total(least);
  if (rest < 0) return null;
  const widths = [...least];
  const needs = natural.map((wanted, index) => ({ index, need: wanted - (least[index] ?? 0) }));
  needs.sort((a, b) => a.need - b.need);
  needs.forEach(({ index, need }, at) => {
    const given = Math.min(need, Math.floor(rest / (needs.length - at)));
    widths[index] = (least[index] ?? 0) + given;
    rest -= given;
  });
  return widths;
}

function grid(titles: Cell[], cells: Cell[][], widths: number[], isRight: boolean[], paint: Paint): string {
  const line = (row: Cell[], at: number, texts: string[][]): string =>
    row
      .map(({ style }, index) => {
        const text = texts[index]?.[at] ?? '';
        const blanks = ' '.repeat(Math.max(0, (widths[index] ?? 0) - width(text)));
        const shown = style && text !== '' ? paint(style, text) : text;
        return isRight[index] ? blanks + shown : shown + blanks;
      })
      .join(' '.repeat(gap))
      .trimEnd();
  return cells
    .map((row) => {
      const paintTitles = (text: string) => (row === titles ? paint('dim', text) : text);
      const texts = row.map(({ text }, index) => wrap(text, widths[index] ?? 0));
      const height = Math.max(...texts.map(({ length }) => length));
      return Array.from({ length: height }, (_, at) => `${paintTitles(line(row, at, texts))}\n`).join('');
    })
    .join('');
}

/** A block per row: a line per column, its title before it. A cell without a title goes before the next one. */
function blocks(titles: Cell[], rows: Cell[][], available: number, paint: Paint): string {
  const left = Math.max(...titles.map(({ text }) => width(text))) + gap;
  return rows
    .map((row) => {
      let lines = '';
      let mark = '';
      row.forEach(({ text, style }, index) => {
        const title = titles[index]?.text ?? '';
        if (text.trim() === '') return;
        const shown = (part: string) => (style ? paint(style, part) : part);
        if (title === '' && index < row.length - 1) {
          mark = `${shown(text)} `;
          return;
        }
        // a word that is too long for the rest of the line goes on the next
        const isLong = longestWord(text) + width(mark) > available - left;
        const indent = isLong ? gap : left;
        const parts = wrap(text, available - indent - width(mark)).map(
          (part, at) => `${at === 0 ? mark : ''}${shown(part)}`,
        );
        lines += paint('dim', title) + (isLong ? `\n${' '.repeat(indent)}` : ' '.repeat(left - width(title)));
        lines += `${parts.join(`\n${' '.repeat(indent)}`)}\n`;
        mark = '';
      });
      return lines;
    })
    .join('\n');
}
