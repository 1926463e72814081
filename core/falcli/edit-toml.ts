import type { TomlValue } from 'smol-toml';
import { VarvelError } from '../model/error.ts';
import { apply, type Splice } from '../patch/splice.ts';
import { scanToml, type TomlLine } from './toml-scan.ts';
import { isTable, parseToml, readToml, sameValue, tomlKey } from './toml-value.ts';

/** One value to change: `raw` is the new value as TOML; null removes it. */
export interface Change {
  table: string;
  key: string;
  raw: string | null;
}

export interface Edited {
  text: string;
  edits: Splice[];
  /** The previous values, in the changes' order. */
  before: (string | null)[];
}

/**
 * Changes single values of a TOML file and keeps every other byte. A parser that shares nothing with this editor
 * checks the result: only the changes may differ.
 * @param tables tables to create, even when empty
 * @throws VarvelError `invalid` for a file that is not TOML, or that this can't edit
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
      // a table that only has dotted keys goes with its last one
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

/** Removes a table that has only comments, and keeps those. Null when it has more, or has no header. */
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
  /** The line that a new value comes after; null when the table has no lines. */
  after: TomlLine | null;
  /** The prefix of a new value's key. */
  prefix: string;
}

const isHeaderOf = (table: string) => (line: TomlLine) =>
  line.kind === 'header' && !line.array && line.path.length === 1 && line.path[0] === table;

/** Where a table's values are: below its header, or as dotted keys at the top. */
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

/** Removes a line; a comment at its end stays on its own line. */
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
  const empty = text === '';
  const gap = empty ? '' : (endsLine(text, text.length) ? '' : eol) + (/\n\r?\n$/.test(text) ? '' : eol);
  return { start: text.length, removed: '', inserted: `${gap}[${tomlKey(table)}]${eol}` };
}

const endsLine = (text: string, at: number): boolean => text[at - 1] === '\n';

/** The file's line break: that of its first line. */
const lineBreak = (text: string): string => (/^[^\n]*\r\n/.test(text) ? '\r\n' : '\n');

/** A value as the parser reads it. */
export const rawValue = (raw: string, path: string): TomlValue | undefined =>
  readToml(`value = ${raw}`, path).value;

const notEditable = (path: string) =>
  new VarvelError(
    'invalid',
    `Varvel can’t edit ${path} without changing other parts. The file was not changed.`,
    'Write each profile as its own table, [name] with lines below it, then try again.',
  );
