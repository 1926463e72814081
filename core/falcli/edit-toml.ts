import type { TomlValue } from 'smol-toml';
import { VarvelError } from '../model/error.ts';
import { apply, type Splice } from '../patch/splice.ts';
import { scanToml, type TomlLine } from './toml-scan.ts';
import { isTable, parseToml, readToml, sameValue, tomlKey } from './toml-value.ts';

/** One value to change: `raw` is TOML as it shall stand there; null takes the value away. */
export interface Change {
  table: string;
  key: string;
  raw: string | null;
}

export interface Edited {
  text: string;
  edits: Splice[];
  /** What stood there before, in the changes' order. */
  before: (string | null)[];
}

/**
 * Changes single values of a TOML file and leaves every other byte as it is. What comes out is read by a parser that
 * knows nothing of this editor, and nothing but the changes may differ.
 * @param tables tables that shall be there, even when empty
 * @throws VarvelError `invalid` for a file that is no TOML, or written in a way that this can't edit
 */
export function editToml(text: string, changes: Change[], tables: string[], path: string): Edited {
  const wanted = { ...parseToml(text, path) };
  const before: (string | null)[] = [];
  let now = text;
  const edits: Splice[] = [];
  const make = (edit: Splice | null) => {
    if (!edit) return;
    now = apply(now, edit);
    edits.push(edit);
  };
  for (const table of tables) {
    if (Object.hasOwn(wanted, table)) continue;
    make(appendTable(now, table));
    wanted[table] = {};
  }
  for (const { table, key, raw } of changes) {
    const lines = scanToml(now);
    const place = placeOf(lines, table);
    const entry = place.entries.find(({ path: [name, ...deeper] }) => name === key && deeper.length === 0);
    before.push(entry ? now.slice(entry.line.value.start, entry.line.value.end) : null);
    const held = wanted[table];
    const target = isTable(held) ? { ...held } : held;
    if (target !== undefined) wanted[table] = target;
    if (raw === null) {
      if (entry) make(removal(now, entry.line));
      if (isTable(target)) delete target[key];
      // a table of dotted keys alone is gone with its last one
      if (place.prefix !== '' && isTable(target) && Object.keys(target).length === 0) delete wanted[table];
      continue;
    }
    if (entry) make(replacement(now, entry.line, raw));
    else if (place.after) make(addition(now, place.after, `${place.prefix}${tomlKey(key)} = ${raw}`));
    else {
      make(appendTable(now, table));
      const header = scanToml(now).findLast((line) => line.kind === 'header');
      if (header) make(addition(now, header, `${tomlKey(key)} = ${raw}`));
    }
    const value = rawValue(raw, path);
    if (value === undefined) throw notEditable(path);
    if (isTable(target)) target[key] = value;
    else wanted[table] = { [key]: value };
  }
  if (edits.length > 0) {
    let found: unknown;
    try {
      found = parseToml(now, path);
    } catch {
      throw notEditable(path);
    }
    if (!sameValue(found, wanted)) throw notEditable(path);
  }
  return { text: now, edits, before };
}

/** Takes away a table that holds nothing but comments; they stay. Null when it holds more, or isn't there so. */
export function withoutEmptyTable(text: string, table: string, path: string): string | null {
  const value = { ...parseToml(text, path) };
  const held = value[table];
  if (!isTable(held) || Object.keys(held).length > 0) return null;
  const header = scanToml(text).find(isHeaderOf(table));
  if (!header) return null;
  const now = apply(text, removal(text, header));
  delete value[table];
  return sameValue(parseToml(now, path), value) ? now : null;
}

type Entry = Extract<TomlLine, { kind: 'entry' }>;

interface Place {
  /** The table's values, with their path in the table. */
  entries: { path: string[]; line: Entry }[];
  /** The line after which a new value stands; null when the table has none of its own. */
  after: TomlLine | null;
  /** What stands before the key of a new value. */
  prefix: string;
}

const isHeaderOf = (table: string) => (line: TomlLine) =>
  line.kind === 'header' && !line.array && line.path.length === 1 && line.path[0] === table;

/** Where a table's values stand: below its header, or as dotted keys at the top. */
function placeOf(lines: TomlLine[], table: string): Place {
  const header = lines.findIndex(isHeaderOf(table));
  if (header < 0) {
    const firstHeader = lines.findIndex(({ kind }) => kind === 'header');
    const entries = lines
      .slice(0, firstHeader < 0 ? lines.length : firstHeader)
      .flatMap((line) =>
        line.kind === 'entry' && line.path[0] === table && line.path.length > 1
          ? [{ path: line.path.slice(1), line }]
          : [],
      );
    return { entries, after: entries.at(-1)?.line ?? null, prefix: `${tomlKey(table)}.` };
  }
  const next = lines.findIndex(({ kind }, index) => index > header && kind === 'header');
  const entries = lines
    .slice(header + 1, next < 0 ? lines.length : next)
    .flatMap((line) => (line.kind === 'entry' ? [{ path: line.path, line }] : []));
  return { entries, after: entries.at(-1)?.line ?? lines[header] ?? null, prefix: '' };
}

const replacement = (text: string, { value }: Entry, raw: string): Splice | null => {
  const removed = text.slice(value.start, value.end);
  return removed === raw ? null : { start: value.start, removed, inserted: raw };
};

/** Takes a line away; a comment at its end stays as a line of its own. */
function removal(text: string, line: TomlLine): Splice {
  const end = line.comment?.start ?? line.end;
  return { start: line.start, removed: text.slice(line.start, end), inserted: '' };
}

function addition(text: string, after: TomlLine, content: string): Splice {
  const indent = text.slice(after.start).match(/^[ \t]*/)?.[0] ?? '';
  const line = `${after.kind === 'entry' ? indent : ''}${content}${lineBreak(text)}`;
  return {
    start: after.end,
    removed: '',
    inserted: endsLine(text, after.end) ? line : lineBreak(text) + line,
  };
}

function appendTable(text: string, table: string): Splice {
  const eol = lineBreak(text);
  const empty = text.replace(/^\uFEFF/, '') === '';
  const gap = empty ? '' : (endsLine(text, text.length) ? '' : eol) + (/\n\r?\n$/.test(text) ? '' : eol);
  return { start: text.length, removed: '', inserted: `${gap}[${tomlKey(table)}]${eol}` };
}

const endsLine = (text: string, at: number): boolean => text[at - 1] === '\n';

/** The file's own line break: that of its first line. */
const lineBreak = (text: string): string => (/^[^\n]*\r\n/.test(text) ? '\r\n' : '\n');

/** A value as the parser reads it. */
export const rawValue = (raw: string, path: string): TomlValue | undefined =>
  readToml(`value = ${raw}`, path).value;

const notEditable = (path: string) =>
  new VarvelError(
    'invalid',
    `${path} is written in a way that Varvel can't edit without touching other parts. It was left as it is.`,
    'Write each profile as a table of its own, [name] with lines below it, and run it again.',
  );
