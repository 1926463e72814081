import { VarvelError } from '../../model/error.ts';
import { posix } from '../../shells/posix.ts';
import type { Assignment, FormatDefinition } from './format.ts';
import { bomOf, lineFormat, nextLine } from './lines.ts';

const head = /[ \t]*((?:export[ \t]+)?)([A-Za-z_]\w*)=/y;

/** direnv's .envrc, a bash script: lines that begin with an assignment, exported or not. */
export const envrc = {
  label: 'direnv',
  readers: 'direnv: loads a folder’s .envrc when you enter it.',
  fileName: '.envrc',
  ...lineFormat({ line: posix.set, find }),
} satisfies FormatDefinition;

function find(text: string, name: string): Assignment[] {
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
}

/** Reads a bash word. Its value is null when it runs a command or uses another variable. */
function bashWord(text: string, from: number): { end: number; value: string | null } {
  let value = '';
  let isKnown = true;
  let at = from;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (/[\s;&|<>()]/.test(character)) break;
    const end = endOfPiece(text, at);
    const inner = text.slice(at + 1, end - 1);
    if (character === "'") value += inner;
    else if (character === '"') {
      if (/[$`]/.test(inner.replaceAll(/\\./g, ''))) isKnown = false;
      value += inner.replaceAll(/\\(["\\$`])/g, '$1');
    } else if (character === '$' || character === '`') isKnown = false;
    else value += character === '\\' ? (text[at + 1] ?? '') : character;
    at = end;
  }
  return { end: at, value: isKnown ? value : null };
}

/**
 * Where a piece of bash ends: a quoted text, a `$(…)` or `${…}` over several lines, or one character.
 * @throws VarvelError `invalid` for one whose end only bash itself can find
 */
function endOfPiece(text: string, from: number, depth = 0): number {
  const [character = '', next = ''] = text.slice(from, from + 2);
  if (character === '\\') return Math.min(from + 2, text.length);
  if (/['"`]/.test(character)) return endOfGroup(text, from + 1, character, depth);
  if (character !== '$' || !/[({]/.test(next)) return from + 1;
  return endOfGroup(text, from + 2, next === '(' ? ')' : '}', depth);
}

/** What is special within quotes; within brackets, everything is. */
const specialWithin: Record<string, RegExp> = { "'": /(?!)/, '"': /[\\$`]/, '`': /\\/ };

/** Deeper than anybody writes. */
const deepest = 100;

function endOfGroup(text: string, from: number, close: string, depth: number): number {
  if (depth === deepest) throw endless();
  const special = specialWithin[close] ?? /./s;
  const open = close === ')' ? '(' : close === '}' ? '{' : null;
  for (let at = from; at < text.length; ) {
    const here = text[at] ?? '';
    if (here === close) return at + 1;
    // a comment, a here-document or a case may have a bracket that closes nothing
    if (close === ')' && /^(?:\s#|<<|\scase\s)/.test(text.slice(at - 1, at + 5))) break;
    if (here === open) at = endOfGroup(text, at + 1, close, depth + 1);
    else at = special.test(here) ? endOfPiece(text, at, depth + 1) : at + 1;
  }
  throw endless();
}

const endless = () =>
  new VarvelError(
    'invalid',
    'The file sets the variable with a command or text that Varvel can’t read.',
    'Delete those lines, then export again.',
  );
