import { stripVTControlCharacters } from 'node:util';

const isPlain = /^[\x20-\x7e]*$/;
const isWide =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;
let segmenter: Intl.Segmenter | undefined;

/** Columns a text takes on a terminal: wide East Asian characters and emoji take two, our own colours none. */
export function width(text: string): number {
  if (isPlain.test(text)) return text.length;
  segmenter ??= new Intl.Segmenter('en');
  let sum = 0;
  for (const { segment } of segmenter.segment(stripVTControlCharacters(text)))
    sum += isWide.test(segment) ? 2 : 1;
  return sum;
}

/** A blank outside of `…`. */
const betweenWords = / (?=[^`]*(?:`[^`]*`[^`]*)*$)/;

/** A text's words. A command in backticks is one word if it fits a line, so that it can be copied. */
const wordsOf = (text: string, columns: number): string[] =>
  text.includes('`')
    ? text.split(betweenWords).flatMap((word) => (width(word) <= columns ? word : word.split(' ')))
    : text.split(' ');

/** Splits a text into lines, between words only; a word that is longer than a line keeps its own. */
export function wrap(text: string, columns: number): string[] {
  if (width(text) <= columns) return [text];
  const [indent = ''] = text.match(/^ */) ?? [];
  const lines: string[] = [];
  let last = '';
  for (const word of wordsOf(text.slice(indent.length), columns - indent.length)) {
    if (last === '') last = word;
    else if (indent.length + width(last) + 1 + width(word) <= columns) last += ` ${word}`;
    else {
      lines.push(indent + last);
      last = word;
    }
  }
  return [...lines, indent + last];
}

/** The width of a text's longest word. */
export const longestWord = (text: string): number => Math.max(0, ...text.split(' ').map(width));
