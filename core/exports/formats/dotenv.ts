import type { Assignment, FormatDefinition } from './format.ts';
import { bomOf, endOfLine, lineFormat, nextLine } from './lines.ts';
import { notCarried } from './not-carried.ts';

const head = /[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*/y;

/** dotenv files: `NAME=value`, quoted values of several lines, comments behind values. */
export const dotenv = {
  label: 'dotenv',
  readers: 'dotenv: read by most frameworks, Docker Compose, Python and Ruby, and by node --env-file.',
  fileName: null,
  ...lineFormat({ line: lineOf, find }),
} satisfies FormatDefinition;

/**
 * dotenv files as all their readers agree on them: `dotenv`, Node's `--env-file`, python-dotenv, ruby-dotenv. There
 * is no common way to escape, so each quoting is used only for what it takes as it is:
 * - single quotes: python-dotenv undoes `\\` and `\'` in them, and dotenv reads on after a `\` at the end;
 * - double quotes: escapes and `$` mean something, to each reader something else;
 * - none: quotes inside stay, but a `#` begins a comment, and ruby-dotenv sees to `$` and `\`.
 * python-dotenv replaces `${…}` in any of them. Backticks quote for two readers only.
 * @throws VarvelError `invalid` for a value that they would read differently
 */
function lineOf(name: string, value: string): string {
  if (/^[A-Za-z0-9_:.@%+/-]+$/.test(value)) return `${name}=${value}`;
  if (!/\$\{[^}]*\}/.test(value)) {
    if (!/'|\\\\|\\$/.test(value)) return `${name}='${value}'`;
    if (!/["\\$]/.test(value)) return `${name}="${value}"`;
    if (!/[#$\\]|^[\s'"`]|[\s'"`]$/.test(value)) return `${name}=${value}`;
  }
  const quotes = ["'", '"', '`'].every((mark) => value.includes(mark));
  throw notCarried(
    name,
    quotes ? 'every kind of quote' : 'quotes, backslashes or dollar signs together',
    'a dotenv file',
    { action: 'use_format', format: 'json' },
  );
}

function find(text: string, name: string): Assignment[] {
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
}

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
