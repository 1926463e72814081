import type { Assignment, FormatDefinition } from './format.ts';
import { bomOf, endOfLine, lineFormat, nextLine } from './lines.ts';

/** systemd's EnvironmentFile=: quoted values over several lines, lines continued with a backslash, no comments after values. */
export const systemd = {
  label: 'systemd',
  readers: 'systemd: for a unit’s EnvironmentFile.',
  fileName: null,
  ...lineFormat({ line: lineOf, find }),
} satisfies FormatDefinition;

/**
 * systemd's EnvironmentFile= (systemd.exec(5)): as in a shell, single quotes hold anything but themselves; in double
 * quotes a backslash protects `"`, `\`, `` ` `` and `$`.
 */
function lineOf(name: string, value: string): string {
  if (/^[A-Za-z0-9_:.@%+/-]+$/.test(value)) return `${name}=${value}`;
  if (!value.includes("'")) return `${name}='${value}'`;
  return `${name}="${value.replaceAll(/["\\`$]/g, '\\$&')}"`;
}

function find(text: string, name: string): Assignment[] {
  const found: Assignment[] = [];
  for (let at = bomOf(text).length; at < text.length; ) {
    const line = text.slice(at, endOfLine(text, at));
    const [lead, indent, given] = line.match(/^([ \t]*)([A-Za-z_]\w*)[ \t]*=[ \t]*/) ?? [];
    if (lead === undefined || indent === undefined) {
      at = nextLine(text, at);
      continue;
    }
    const { end, value } = read(text, at + lead.length);
    if (given === name) found.push({ start: at + indent.length, end, value });
    at = nextLine(text, end);
  }
  return found;
}

function read(text: string, from: number): { end: number; value: string } {
  const quote = text[from];
  if (quote === "'" || quote === '"') {
    for (let at = from + 1; at < text.length; at += 1) {
      if (quote === '"' && text[at] === '\\') at += 1;
      else if (text[at] === quote) {
        const inner = text.slice(from + 1, at);
        return {
          end: endOfLine(text, at),
          value: quote === "'" ? inner : inner.replaceAll(/\\(["\\`$])/g, '$1'),
        };
      }
    }
  }
  let end = endOfLine(text, from);
  while (text[end - 1] === '\\' && end < text.length) end = endOfLine(text, nextLine(text, end));
  return { end, value: text.slice(from, end).trimEnd().replaceAll(/\\(.)/g, '$1') };
}
