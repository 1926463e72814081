import { VarvelError } from '../../model/error.ts';
import { posix } from '../../shells/posix.ts';
import type { Assignment, FormatDefinition } from './format.ts';
import { bomOf, endOfLine, lineFormat, nextLine } from './lines.ts';

const head = /[ \t]*((?:export[ \t]+)?)([A-Za-z_]\w*)=/y;

/** direnv's .envrc, a bash script: lines that begin with an assignment, exported or not. */
export const envrc = {
  label: 'direnv',
  readers: 'direnv: loads a folder’s .envrc when you enter it.',
  fileName: '.envrc',
  ...lineFormat({ line: posix.set, find }),
} satisfies FormatDefinition;

/**
 * Finds what bash takes for an assignment of its own: not a line of another value or of a here-document, and not what only a
 * command gets.
 * @throws VarvelError `invalid` when only bash itself can tell
 */
function find(text: string, name: string): Assignment[] {
  const found: Assignment[] = [];
  let isSure = true;
  for (let at = bomOf(text).length; at < text.length; ) {
    head.lastIndex = at;
    const match = head.exec(text);
    if (match?.[2] === name) {
      const start = head.lastIndex - name.length - 1 - (match[1]?.length ?? 0);
      const { end, value } = bashWord(text, head.lastIndex);
      if (match[1] !== '' || !isForCommand(text, end)) {
        if (!isSure) throw endless();
        found.push({ start, end, value });
      }
    }
    const end = endOfCommand(text, at);
    isSure &&= end !== null;
    at = end ?? nextLine(text, at);
  }
  return found;
}

interface HereDocument {
  /** The line that ends it. */
  word: string;
  /** Tabs may stand before that. */
  isIndented: boolean;
}

/** Whether an assignment stands before a command, which alone gets it. */
function isForCommand(text: string, from: number): boolean {
  let at = from;
  for (;;) {
    head.lastIndex = at;
    if (!/[ \t]/.test(text[at] ?? '') || !head.test(text)) break;
    at = bashWord(text, head.lastIndex).end;
  }
  return !/^[ \t]*(?:$|\r?\n|;|&&|\|\||#)/.test(text.slice(at, at + 1000));
}

const plain = /[^'"`$\\#<(=\n]+/y;
const hereDocument = /<<(-?)[ \t]*((?:'[^'\n]*'|"[^"\n]*"|\\.|[^\s;&|<>()'"\\])+)/y;

/** Where the next line of bash begins, after what is quoted and here-documents; null when only bash can tell. */
function endOfCommand(text: string, from: number): number | null {
  const documents: HereDocument[] = [];
  for (let at = from; at < text.length; ) {
    plain.lastIndex = at;
    if (plain.test(text)) at = plain.lastIndex;
    const here = text[at];
    if (here === '\n') return endOfDocuments(text, at + 1, documents);
    if (here === '#' && (at === from || /[\s;&|()]/.test(text[at - 1] ?? ''))) at = endOfLine(text, at);
    else if (text.startsWith('((', at) && text.includes('))', at)) at = text.indexOf('))', at) + 2;
    else if (text.startsWith('<<<', at)) at += 3;
    else if (text.startsWith('<<', at)) {
      hereDocument.lastIndex = at;
      const [all = '<<', dash, word] = hereDocument.exec(text) ?? [];
      if (word !== undefined)
        documents.push({ word: word.replaceAll(/['"]|\\(?=.)/g, ''), isIndented: dash === '-' });
      at += all.length;
    } else if (here !== undefined) {
      const end = endOfArrayOrPiece(text, at);
      if (end === null) return null;
      at = end;
    }
  }
  return endOfDocuments(text, text.length, documents);
}

function endOfArrayOrPiece(text: string, at: number): number | null {
  try {
    return text.startsWith('=(', at) ? endOfGroup(text, at + 2, ')', 0) : endOfPiece(text, at);
  } catch (error) {
    if (!(error instanceof VarvelError)) throw error;
    return null;
  }
}

/**
 * Where the last of some here-documents ends.
 * @throws VarvelError `invalid` for one without an end: a line after it would be in it
 */
function endOfDocuments(text: string, from: number, documents: HereDocument[]): number {
  let at = from;
  for (const { word, isIndented } of documents) {
    for (let isEnd = false; !isEnd; at = nextLine(text, at)) {
      if (at >= text.length) throw unfinished(word);
      const line = text.slice(at, endOfLine(text, at));
      isEnd = (isIndented ? line.replace(/^\t+/, '') : line) === word;
    }
  }
  return at;
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
  if (character === '$' && next === "'") return endOfEscaped(text, from + 2);
  if (character !== '$' || !/[({]/.test(next)) return from + 1;
  const sum = /^\$\(\([^()]*\)\)/.exec(text.slice(from, from + 1000));
  if (sum) return from + sum[0].length;
  return endOfGroup(text, from + 2, next === '(' ? ')' : '}', depth);
}

/** Where `$'…'` ends, in which a backslash escapes. */
function endOfEscaped(text: string, from: number): number {
  for (let at = from; at < text.length; at += text[at] === '\\' ? 2 : 1) if (text[at] === "'") return at + 1;
  throw endless();
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
    // within double quotes, a dollar before a quote is one
    else if (close === '"' && text.startsWith("$'", at)) at += 1;
    else at = special.test(here) ? endOfPiece(text, at, depth + 1) : at + 1;
  }
  throw endless();
}

const unfinished = (word: string) =>
  new VarvelError(
    'invalid',
    `The file has a here-document without its end, “${word.slice(0, 40)}”.`,
    'Add that line, then export again.',
  );

const endless = () =>
  new VarvelError(
    'invalid',
    'The file sets the variable with a command or text that Varvel can’t read.',
    'Delete those lines, then export again.',
  );
