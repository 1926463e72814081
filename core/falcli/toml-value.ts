import { parse, TomlDate, TomlError, type TomlTable } from 'smol-toml';
import { VarvelError } from '../model/error.ts';
import { impossibleDate } from './toml-scan.ts';

/** The last few results: the same text is read again when it is written and compared. */
const recent = new Map<string, TomlTable>();

/**
 * Reads TOML with a parser that shares nothing with the editor.
 * @param path for the message
 * @returns the document, which is shared: don't change it
 * @throws VarvelError `invalid`; the message names the line and never repeats the file
 */
export function parseToml(text: string, path: string): TomlTable {
  const known = recent.get(text);
  if (known) return known;
  const document = readToml(text, path);
  const [oldest] = recent.keys();
  if (oldest !== undefined && recent.size >= 2) recent.delete(oldest);
  recent.set(text, document);
  return document;
}

/** Like parseToml, without caching. Refuses what tomli, the fal CLI's parser, refuses. */
export function readToml(text: string, path: string): TomlTable {
  if (text.startsWith('\uFEFF')) {
    throw new VarvelError(
      'invalid',
      `${path} begins with a byte order mark. The file was not changed.`,
      'Save it as UTF-8 without a byte order mark. The fal CLI can’t read the file either.',
    );
  }
  let document: TomlTable;
  try {
    document = parse(text, { integersAsBigInt: 'asNeeded' });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // not as the cause: the parser's message shows nearby lines, which may hold a key
    throw badLine(`${path} is not valid TOML`, error.line);
  }
  const at = impossibleDate(text);
  if (at !== null)
    throw badLine(`${path} has a date that doesn’t exist`, text.slice(0, at).split('\n').length);
  return document;
}

const badLine = (what: string, line: number) =>
  new VarvelError(
    'invalid',
    `${what} (line ${line}). The file was not changed.`,
    'Fix that line. The fal CLI can’t read the file either.',
  );

export const isTable = (value: unknown): value is TomlTable =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof TomlDate);

/** True when two parsed values are the same; the order of a table's keys doesn't matter. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a instanceof TomlDate || b instanceof TomlDate) {
    return a instanceof TomlDate && b instanceof TomlDate && a.toISOString() === b.toISOString();
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameValue(item, b[index]))
    );
  }
  if (!isTable(a) || !isTable(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameValue(a[name], b[name]))
  );
}

/** A text as a TOML value. */
export const tomlText = (text: string): string => JSON.stringify(text).replaceAll('\x7f', '\\u007f');

/** A name as a TOML key. */
export const tomlKey = (name: string): string => (/^[A-Za-z0-9_-]+$/.test(name) ? name : tomlText(name));
