import type { Splice } from '../patch/splice.ts';
import type { Match } from './scanner.ts';

/** A kind of file in which a variable can stand instead of a key. */
interface ReferenceKind {
  /** Tells it by its path, with slashes. */
  path: RegExp;
  /**
   * What to change.
   * @param line the line with the match, and where the match is in it
   * @returns what stands in place of a part of the line; null when no reference can stand there
   */
  replace(line: KeyInLine): Replacement | null;
}

interface KeyInLine {
  /** Without its line break. */
  text: string;
  /** Where the key is. */
  start: number;
  end: number;
  /** The file's whole text, and where the line begins in it. */
  file: string;
  from: number;
}

/** What to put in place of a part of a line; `line` takes the whole line away. */
type Replacement = 'line' | { start: number; end: number; text: string };

/** The names that fal's clients read a key, or its secret half, from. */
const falNames = '(?:FAL_KEY|FAL_KEY_SECRET)';

/** A line that does nothing but set fal's variable. */
const setsOnly = new RegExp(
  `^\\s*(?:(?:export|declare -x|typeset -x|set -gx|set -Ux|set -x)\\s+)?${falNames}\\s*[= ]\\s*(["']?)$`,
);

const variable =
  (text: string) =>
  ({ start, end }: KeyInLine) => ({ start, end, text });

/** The line, when it only sets fal's variable: without it, the variable comes from the shell or `varvel run`. */
function ownLine({ text, start, end }: KeyInLine): 'line' | null {
  const [, quote] = setsOnly.exec(text.slice(0, start)) ?? [];
  if (quote === undefined) return null;
  return new RegExp(`^${quote}\\s*;?\\s*(?:#.*)?$`).test(text.slice(end)) ? 'line' : null;
}

/** In which quotes a place in a line of a shell is; null when the line's quotes don't end in it. */
function quotesAt(text: string, place: number): '' | '"' | "'" | null {
  let quotes: '' | '"' | "'" = '';
  let there: '' | '"' | "'" = '';
  for (let index = 0; index < text.length; index += 1) {
    if (index === place) there = quotes;
    const character = text[index];
    if (character === '\\' && quotes !== "'") index += 1;
    else if (quotes === '' && (character === '"' || character === "'")) quotes = character;
    else if (character === quotes) quotes = '';
  }
  return quotes === '' ? there : null;
}

/** How many characters before a line are looked at. */
const lookBack = 4000;

/** The last line before that isn't empty or a comment. */
function lineBefore({ file, from }: KeyInLine): string {
  const lines = file.slice(Math.max(0, from - lookBack), from).split('\n');
  return lines.findLast((line) => !/^\s*(?:#.*)?\r?$/.test(line)) ?? '';
}

/** Whether the line before goes on in this one. */
const isContinued = (line: KeyInLine): boolean =>
  /(?:\\|&&|\|\|?)[ \t]*(?:[ \t]#.*)?\r?$/.test(lineBefore(line));

/** Whether a block begins right before the line, or ends right after it: the line may be the only one in it. */
const isAtEdgeOfBlock = (line: KeyInLine): boolean =>
  /(?:\b(?:then|do|else)|[{(])[ \t]*(?:[ \t]#.*)?\r?$/.test(lineBefore(line)) ||
  /^\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*(?:(?:then|do|done|elif|else|fi)\b|[})])/.test(
    line.file.slice(line.from + line.text.length),
  );

/** Whether the line stands in a here-document or in an array: what it says isn't for the shell, or not a command. */
function isInValue({ file, from }: KeyInLine): boolean {
  const before = file.slice(0, from);
  if (/=\([^)]*$/.test(before.slice(-lookBack))) return true;
  for (const { index, 0: all, 2: word } of before.matchAll(/(?<!<)<<-?[ \t]*\\?(["']?)([A-Za-z_]\w*)\1/g))
    if (!new RegExp(`^\\t*${word}\\r?$`, 'm').test(before.slice(index + all.length))) return true;
  return false;
}

/** @param reference how the shell writes the variable */
const inShell = (reference: string) => (line: KeyInLine) => {
  // without its line, what goes on from the line before would take the next
  if (isContinued(line) || isInValue(line)) return null;
  if (ownLine(line)) {
    // a shell can't read an empty block
    const isInBlock = /^\s/.test(line.text) || isAtEdgeOfBlock(line);
    return isInBlock ? { start: 0, end: line.text.length, text: ':' } : 'line';
  }
  const quotes = quotesAt(line.text, line.start);
  if (quotes === null) return null;
  return variable(quotes === "'" ? `'"${reference}"'` : reference)(line);
};

/** Whether a string of several lines is open where the line begins, or another one goes on in this one, or this one in another. */
function isInLongString({ file, from, text, start, end }: KeyInLine): boolean {
  const before = file.slice(0, from);
  const isOpen = ['"""', "'''", '`'].some((quote) => before.split(quote).length % 2 === 0);
  const [head, tail] = [text.slice(0, start - 1).trim(), text.slice(end + 1).trim()];
  if (/["'`]$/.test(head) || /^[rbuf]*["'`]/i.test(tail)) return true;
  const [isFirst, isLast] = [head === '', tail === ''];
  const goesOn = /^\s*[rbuf]*["'`]/i.test(file.slice(from + text.length, from + text.length + lookBack));
  return isOpen || (isFirst && /["'`]\s*$/.test(before)) || (isLast && goesOn);
}

/** A string that is the key and nothing else becomes an expression. Not where it sets the variable itself. */
const literal = (expression: string, unless: RegExp | null) => (line: KeyInLine) => {
  const { text, start, end, file } = line;
  const quote = text[start - 1];
  const isWhole = (quote === '"' || quote === "'" || quote === '`') && text[end] === quote;
  // a prefix, a triple quote, an attribute of JSX, a property's name, or a string around it
  const isPlain =
    /(?:^|[ \t(,:[])$/.test(text.slice(0, start - 1)) &&
    /^(?:[ \t]*[),;\]}]|[ \t]*$)/.test(text.slice(end + 1));
  if (
    !isWhole ||
    !isPlain ||
    quotesAt(text.slice(0, start - 1), start - 1) !== '' ||
    text.slice(0, start).includes('FAL_KEY') ||
    /^\s*(?:export\s+|declare\s+)*type\s/.test(text) ||
    isInLongString(line) ||
    (unless && !unless.test(file))
  )
    return null;
  return { start: start - 1, end: end + 1, text: expression };
};

/** The kinds of files. Each says where the reference is documented. */
const kinds: readonly ReferenceKind[] = [
  // what reads a .env file often replaces no variables in it, so only whole lines go
  { path: /(^|\/)\.env(\.[^/]*)?$|\.env$/, replace: ownLine },
  {
    path: /(^|\/)(\.(bash|zsh|sh|ksh)_?(rc|env|profile|login|logout|aliases|history)|\.profile|\.envrc|\.histfile|\.zhistory|\.kshrc|[^/]+\.(sh|bash|zsh|ksh))$/,
    replace: inShell(`\${FAL_KEY}`),
  },
  { path: /(^|\/)(fish_history|[^/]+\.fish)$/, replace: inShell('$FAL_KEY') },
  // https://docs.docker.com/reference/compose-file/interpolation/
  { path: /(^|\/)(docker-)?compose[^/]*\.ya?ml$/, replace: variable(`\${FAL_KEY}`) },
  // https://docs.github.com/actions/security-guides/using-secrets-in-github-actions
  { path: /(^|\/)\.github\/workflows\/[^/]+\.ya?ml$/, replace: variable(`\${{ secrets.FAL_KEY }}`) },
  // https://code.claude.com/docs/en/mcp#environment-variable-expansion-in-mcp-json
  { path: /(^|\/)\.mcp\.json$/, replace: variable(`\${FAL_KEY}`) },
  // https://code.visualstudio.com/docs/reference/variables-reference, https://cursor.com/docs/context/mcp
  { path: /(^|\/)(\.vscode|\.cursor|Code\/User)\/mcp\.json$/, replace: variable(`\${env:FAL_KEY}`) },
  { path: /\.py$/, replace: literal('os.environ["FAL_KEY"]', /^import os$|^import .*\bos\b/m) },
  { path: /\.[cm]?[jt]sx?$/, replace: literal('process.env.FAL_KEY', null) },
];

/**
 * The change of a text that puts a reference in place of a key; null when none can stand there.
 * @param text one character per byte (latin1)
 */
export function referenceFor(path: string, text: string, match: Match): Splice | null {
  if (match.form !== 'plain') return null;
  const kind = kinds.find((each) => each.path.test(path.replaceAll('\\', '/')));
  if (!kind) return null;
  const from = text.lastIndexOf('\n', match.start - 1) + 1;
  const lineBreak = text.indexOf('\n', match.end);
  const to = lineBreak < 0 ? text.length : lineBreak;
  const line = text.slice(from, to).replace(/\r$/, '');
  const replacement = kind.replace({
    text: line,
    start: match.start - from,
    end: match.end - from,
    file: text,
    from,
  });
  if (replacement === null) return null;
  if (replacement === 'line') {
    const end = lineBreak < 0 ? text.length : lineBreak + 1;
    return { start: from, removed: text.slice(from, end), inserted: '' };
  }
  // the secret alone is not what the variable holds
  if (match.part === 'secret') return null;
  const [start, end] = [from + replacement.start, from + replacement.end];
  return { start, removed: text.slice(start, end), inserted: replacement.text };
}
