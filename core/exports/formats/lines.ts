import { VarvelError } from '../../model/error.ts';
import type { Splice } from '../../patch/splice.ts';
import { maskedLine } from '../../preview/mask.ts';
import type { Assignment, FormatDefinition } from './format.ts';

/** How a line-based format writes and finds variables. */
export interface LineGrammar {
  /**
   * One variable, without the line break at its end.
   * @throws VarvelError `invalid` for a value or a name that the format can't hold
   */
  line(name: string, value: string): string;
  find(text: string, name: string): Assignment[];
}

/** A format with each variable on its own lines. */
export function lineFormat({
  line,
  find,
}: LineGrammar): Pick<FormatDefinition, 'write' | 'find' | 'merge' | 'mask'> {
  return {
    find,
    mask: maskedLine,
    write: (variables) =>
      Object.entries(variables)
        .map(([name, value]) => `${line(name, value)}\n`)
        .join(''),
    merge(text, name, value): Splice {
      const eol = lineBreak(text);
      const inserted = line(name, value).replaceAll('\n', eol);
      const last = find(text, name).at(-1);
      if (last) return { start: last.start, removed: text.slice(last.start, last.end), inserted };
      const content = text.slice(bomOf(text).length);
      const whole = content === '' || content.endsWith('\n');
      // the backslash would join our line to it
      if (!whole && content.endsWith('\\')) throw unfinished();
      return { start: text.length, removed: '', inserted: whole ? inserted + eol : eol + inserted };
    },
  };
}

/** The byte order mark that some editors put at the beginning. */
export const bomOf = (text: string): string => (text.startsWith('\xef\xbb\xbf') ? '\xef\xbb\xbf' : '');

/** The last line's line break. */
export const lineBreak = (text: string): string =>
  text.lastIndexOf('\r\n') >= 0 && text.lastIndexOf('\r\n') === text.lastIndexOf('\n') - 1 ? '\r\n' : '\n';

/** Where a line ends, without its line break. */
export function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  if (end < 0) return text.length;
  return end > from && text[end - 1] === '\r' ? end - 1 : end;
}

/** Where the next line begins. */
export function nextLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

const unfinished = () =>
  new VarvelError(
    'invalid',
    'The file’s last line ends with a backslash.',
    'Fix its last line, then export again.',
  );
