import type { Assignment, FormatDefinition } from './format.ts';
import { bomOf, endOfLine, lineFormat, nextLine } from './lines.ts';
import { notCarried } from './not-carried.ts';

/** `docker run --env-file` reads lines of 64 KiB at most. */
const longest = 60_000;

/** docker's `--env-file`. */
export const docker = {
  label: 'docker',
  readers: 'docker: for docker run --env-file.',
  fileName: null,
  ...lineFormat({ line: lineOf, find }),
} satisfies FormatDefinition;

/**
 * `docker run --env-file`: everything after the first `=` is the value, with quotes and spaces. Nothing is escaped.
 * (Compose reads its env files as dotenv.)
 */
function lineOf(name: string, value: string): string {
  if (value.length > longest)
    throw notCarried(name, `more than ${longest} characters`, 'docker’s --env-file', {
      action: 'use_format',
      format: 'json',
    });
  return `${name}=${value}`;
}

function find(text: string, name: string): Assignment[] {
  const found: Assignment[] = [];
  for (let at = bomOf(text).length; at < text.length; at = nextLine(text, at)) {
    const end = endOfLine(text, at);
    const [, indent, given, value] = text.slice(at, end).match(/^([ \t]*)([^=\s#]+)=(.*)$/) ?? [];
    if (given === name && indent !== undefined && value !== undefined)
      found.push({ start: at + indent.length, end, value });
  }
  return found;
}
