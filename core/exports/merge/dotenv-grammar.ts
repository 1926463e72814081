import { dotenv } from '../formats/dotenv.ts';
import { type Assignment, bomOf, endOfLine, type Grammar, nextLine } from './assignment.ts';

const head = /[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*/y;

/** dotenv files: `NAME=value`, quoted values of several lines, comments behind values. */
export const dotenvGrammar: Grammar = {
  line: dotenv,
  find(text, name) {
    const found: Assignment[] = [];
    for (let at = bomOf(text).length; at < text.length; ) {
      head.lastIndex = at;
      const match = head.exec(text);
      if (!match) {
        at = nextLine(text, at);
        continue;
      }
      const from = head.lastIndex;
      const { end, value } = quotedValue(text, from) ?? bareValue(text, from);
      if (match[1] === name) found.push({ start: text.indexOf(name, at), end, value });
      at = nextLine(text, end);
    }
    return found;
  },
};

/** A quoted value ends where only a comment may follow; a backslash may keep a quote from ending it. */
function quotedValue(text: string, from: number): { end: number; value: string } | null {
  const quote = text[from];
  if (quote === undefined || !`'"\``.includes(quote)) return null;
  for (let at = text.indexOf(quote, from + 1); at >= 0; at = text.indexOf(quote, at + 1)) {
    const rest = text.slice(at + 1, endOfLine(text, at));
    if (/^[ \t]*(?:#.*)?$/.test(rest)) return { end: at + 1, value: text.slice(from + 1, at) };
    if (text[at - 1] !== '\\') return null;
  }
  return null;
}

function bareValue(text: string, from: number): { end: number; value: string } {
  const line = text.slice(from, endOfLine(text, from));
  const value = line.replace(/(?:^|[ \t]+)#.*$/, '').trimEnd();
  let end = from + value.length;
  // the blanks before a comment stay before it
  if (value === '') while (/[ \t]/.test(text[end - 1] ?? '')) end -= 1;
  return { end, value };
}
