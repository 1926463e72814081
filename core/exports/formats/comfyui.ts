import { VarvelError } from '../../model/error.ts';
import type { Splice } from '../../patch/splice.ts';
import { maskedLine } from '../../preview/mask.ts';
import type { Assignment, FormatDefinition } from './format.ts';
import { endOfLine, lineBreak, nextLine } from './lines.ts';
import { notCarried } from './not-carried.ts';

const section = 'API';

/**
 * The `config.ini` of fal's nodes for ComfyUI (github.com/gokayfem/ComfyUI-fal-API): variables in the section `[API]`,
 * as Python's configparser reads them.
 */
export const comfyui = {
  label: 'ComfyUI',
  readers: 'ComfyUI: config.ini of the ComfyUI-fal-API nodes.',
  fileName: 'config.ini',
  write: (variables) => `[${section}]\n${Object.entries(variables).map(lineOf).join('')}`,
  find: (text, name) => placesIn(text, name).found,
  merge,
  mask: maskedLine,
} satisfies FormatDefinition;

const lineOf = ([name, value]: [string, string]): string => `${name} = ${escaped(name, value)}\n`;

/** configparser strips blanks around a value, and reads `%` as the start of a reference. */
function escaped(name: string, value: string): string {
  if (value.trim() === value) return value.replaceAll('%', '%%');
  throw notCarried(name, 'a space at its beginning or end', 'config.ini', {
    action: 'use_format',
    format: 'json',
  });
}

/** Null for a value that refers to others. */
const unescaped = (value: string): string | null =>
  /%(?!%)/.test(value.replaceAll('%%', '')) ? null : value.replaceAll('%%', '%');

function merge(text: string, name: string, value: string): Splice {
  const { found, end } = placesIn(text, name);
  const last = found.at(-1);
  if (last) {
    return { start: last.start, removed: text.slice(last.start, last.end), inserted: escaped(name, value) };
  }
  const eol = lineBreak(text);
  const line = lineOf([name, value]).replace('\n', eol);
  const before = text.slice(0, end ?? text.length);
  const gap = before === '' || before.endsWith('\n') ? '' : eol;
  const inserted = end === null ? `${gap}[${section}]${eol}${line}` : gap + line;
  return { start: before.length, removed: '', inserted };
}

/** The values of a variable, and where the section's last line ends; null without the section. */
interface Places {
  found: Assignment[];
  end: number | null;
}

/** @throws VarvelError `invalid` for a text that configparser refuses */
function placesIn(text: string, name: string): Places {
  const found: Assignment[] = [];
  let end: number | null = null;
  let current: string | null = null;
  /** The option that an indented line continues. */
  let option: { indent: number; ours: boolean } | null = null;
  for (let at = 0; at < text.length; at = nextLine(text, at)) {
    const line = text.slice(at, endOfLine(text, at));
    const content = line.trim();
    if (content === '' || /^[#;]/.test(content)) continue;
    const indent = line.indexOf(content);
    const until = at + indent + content.length;
    const last = found.at(-1);
    if (option && indent > option.indent) {
      if (option.ours && last) {
        last.end = until;
        last.value = null;
      }
    } else if (content.startsWith('[') && content.includes(']')) {
      current = content.slice(1, content.lastIndexOf(']'));
      option = null;
    } else {
      if (current === null) throw notReadable();
      const [whole = '', given] = content.match(/^(.*?)\s*[=:]\s*/) ?? [];
      if (given === undefined || given === '') throw notReadable();
      const ours = current === section && given.toLowerCase() === name.toLowerCase();
      option = { indent, ours };
      if (ours) {
        found.push({
          start: at + indent + whole.length,
          end: until,
          value: unescaped(content.slice(whole.length)),
        });
      }
    }
    if (current === section) end = nextLine(text, at);
  }
  return { found, end };
}

const notReadable = () =>
  new VarvelError(
    'invalid',
    'The file is not an INI file that ComfyUI can read: each variable stands in a [section], as NAME = value.',
    { action: 'choose_file_format' },
  );
