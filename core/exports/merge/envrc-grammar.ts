import { envrc } from '../formats/envrc.ts';
import { type Assignment, bomOf, endOfLine, type Grammar, nextLine } from './assignment.ts';

const head = /[ \t]*((?:export[ \t]+)?)([A-Za-z_]\w*)=/y;

/** direnv's .envrc, a bash script: lines that begin with an assignment, exported or not. */
export const envrcGrammar: Grammar = {
  line: envrc,
  find(text, name) {
    const found: Assignment[] = [];
    for (let at = bomOf(text).length; at < text.length; at = nextLine(text, at)) {
      head.lastIndex = at;
      const match = head.exec(text);
      if (match?.[2] !== name) continue;
      const start = head.lastIndex - name.length - 1 - (match[1]?.length ?? 0);
      const word = bashWord(text, head.lastIndex);
      found.push({ start, end: word.end, value: word.value });
      at = word.end;
    }
    return found;
  },
};

/** A bash word from its first character on. What runs a command has no value that could be told. */
function bashWord(text: string, from: number): { end: number; value: string | null } {
  let value = '';
  let at = from;
  const limit = text.length;
  while (at < limit) {
    const character = text[at] ?? '';
    if (/[\s;&|<>()]/.test(character)) break;
    if (character === "'" || character === '"') {
      const end = closing(text, at, character);
      const inner = text.slice(at + 1, end);
      if (character === '"' && /[$`]/.test(inner.replaceAll(/\\./g, ''))) return untold(text, from);
      value += character === "'" ? inner : inner.replaceAll(/\\(["\\$`])/g, '$1');
      at = end + 1;
    } else if (character === '$' || character === '`') {
      return untold(text, from);
    } else if (character === '\\') {
      value += text[at + 1] ?? '';
      at += 2;
    } else {
      value += character;
      at += 1;
    }
  }
  return { end: Math.min(at, limit), value };
}

function closing(text: string, from: number, quote: string): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\' && quote === '"') at += 1;
    else if (text[at] === quote) return at;
  }
  return text.length;
}

const untold = (text: string, from: number) => ({ end: endOfLine(text, from), value: null });
