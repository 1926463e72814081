import type { Assignment, FormatDefinition } from './format.ts';
import { bomOf, endOfLine, lineFormat, nextLine } from './lines.ts';
import { notCarried } from './not-carried.ts';

const head = /[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*/y;

/** dotenv files: `NAME=value`, quoted values over several lines, comments after values. */
export const dotenv = {
  label: 'dotenv',
  readers: 'dotenv: for most frameworks, Docker Compose, Python, Ruby and node --env-file.',
  fileName: null,
  ...lineFormat({ line: lineOf, find }),
} satisfies FormatDefinition;

/**
 * The part of dotenv that all readers agree on: `dotenv`, Node's `--env-file`, python-dotenv, ruby-dotenv. There
 * is no common way to escape, so each kind of quotes is used only for values it keeps unchanged:
 * - single quotes: python-dotenv undoes `\\` and `\'` in them, and dotenv reads on after a `\` at the end;
 * - double quotes: readers disagree about escapes and `$`;
 * - none: quotes inside stay, but `#` starts a comment, and ruby-dotenv interprets `$` and `\`.
 * python-dotenv replaces `${…}` in all of them. Only two readers know backticks.
 * @throws VarvelError `invalid` for a value that they read differently
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
    quotes ? 'every kind of quote' : 'a mix of quotes, backslashes or dollar signs',
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
  const value = line.replace(/(?:^|[ \t])#.*$/, '').trimEnd();
  let end = from + value.length;
  // keep the spaces before a comment
  if (value === '') while (/[ \t]/.test(text[end - 1] ?? '')) end -= 1;
  return { end, value };
}
