import { parse } from 'smol-toml';

/** A range of the text, from `start` up to but not including `end`. */
export interface Span {
  start: number;
  end: number;
}

/**
 * One logical line of a TOML file, from `start` to `end` with its line break. A value may span several lines.
 * `comment` is a comment at its end.
 */
export type TomlLine = Span & { comment: Span | null } & (
    | { kind: 'blank' }
    | { kind: 'header'; path: string[]; array: boolean }
    | { kind: 'entry'; path: string[]; value: Span }
  );

/**
 * Splits a TOML file into lines with their ranges, for editing. It checks nothing: a parser must accept the text
 * before and after an edit (see edit-toml.ts).
 */
export function scanToml(text: string): TomlLine[] {
  const lines: TomlLine[] = [];
  for (let at = 0; at < text.length; ) {
    const start = at;
    at = skipSpace(text, at);
    const first = text[at];
    if (first === undefined || first === '\n' || first === '\r' || first === '#') {
      const comment = commentAt(text, at);
      at = afterBreak(text, comment?.end ?? at);
      lines.push({ kind: 'blank', start, end: at, comment });
    } else if (first === '[') {
      const array = text[at + 1] === '[';
      const key = readKey(text, at + (array ? 2 : 1));
      const close = skipSpace(text, key.end) + (array ? 2 : 1);
      const comment = commentAt(text, skipSpace(text, close));
      at = afterBreak(text, comment?.end ?? skipSpace(text, close));
      lines.push({ kind: 'header', path: key.path, array, start, end: at, comment });
    } else {
      const key = readKey(text, at);
      const valueStart = skipSpace(text, skipSpace(text, key.end) + 1);
      const value = { start: valueStart, end: endOfValue(text, valueStart) };
      const comment = commentAt(text, skipSpace(text, value.end));
      at = afterBreak(text, comment?.end ?? skipSpace(text, value.end));
      lines.push({ kind: 'entry', path: key.path, value, start, end: at, comment });
    }
    if (at === start) throw new Error('The text is not TOML.');
  }
  return lines;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return at;
}

function commentAt(text: string, at: number): Span | null {
  if (text[at] !== '#') return null;
  const feed = text.indexOf('\n', at);
  const end = feed < 0 ? text.length : text[feed - 1] === '\r' ? feed - 1 : feed;
  return { start: at, end };
}

function afterBreak(text: string, at: number): number {
  if (text[at] === '\r' && text[at + 1] === '\n') return at + 2;
  return text[at] === '\n' ? at + 1 : at;
}

const bareKey = /[^\s.=\]#"']*/y;

/** A dotted key; the parser decodes its quoted parts. */
function readKey(text: string, from: number): { path: string[]; end: number } {
  const path: string[] = [];
  for (let at = skipSpace(text, from); ; at = skipSpace(text, at + 1)) {
    const quote = text[at];
    const start = at;
    if (quote === '"' || quote === "'") {
      at = endOfString(text, at);
      path.push(...Object.keys(parse(`${text.slice(start, at)} = 0`)));
    } else {
      bareKey.lastIndex = at;
      bareKey.test(text);
      at = bareKey.lastIndex;
      path.push(text.slice(start, at));
    }
    const end = at;
    at = skipSpace(text, at);
    if (text[at] !== '.') return { path, end };
  }
}

/** A whole string, by its opening quotes; up to two quotes may come before the closing three. */
const stringOf = {
  '"': /"[^"\\]*(?:\\.[^"\\]*)*"/sy,
  "'": /'[^']*'/y,
  '"""': /"""(?:[^"\\]|\\.|"(?!""))*"{3,5}/sy,
  "'''": /'''(?:[^']|'(?!''))*'{3,5}/y,
};

/** The end of a string. */
function endOfString(text: string, start: number): number {
  const quote = text[start] === '"' ? '"' : "'";
  const long = quote === '"' ? '"""' : "'''";
  const pattern = stringOf[text.startsWith(long, start) ? long : quote];
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : text.length;
}

/** Characters that start or end a part of a value. */
const notable = /["'[\]{}#\n\r]/g;

function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; ) {
    notable.lastIndex = at;
    if (!notable.test(text)) break;
    at = notable.lastIndex - 1;
    const character = text[at];
    if (character === '"' || character === "'") {
      at = endOfString(text, at);
      if (depth === 0) return at;
    } else if (character === '[' || character === '{') {
      depth += 1;
      at += 1;
    } else if (character === ']' || character === '}') {
      depth -= 1;
      at += 1;
      if (depth === 0) return at;
    } else if (character === '#' && depth > 0) at = commentAt(text, at)?.end ?? at + 1;
    else if (depth === 0 && (character === '\n' || character === '\r' || character === '#')) {
      return start + text.slice(start, at).trimEnd().length;
    } else at += 1;
  }
  return start + text.slice(start).trimEnd().length;
}

/** A string, a comment, or a date; one in a key is followed by a dot or an equals sign. */
const stringOrDate =
  /"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|'''(?:[^']|'(?!''))*'{3,5}|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\n]*'|#[^\n]*|(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?![\w-]*\s*[.=])/gs;

/**
 * Where valid TOML has a date that no calendar has, such as 30 February; null without one. Python has no year 0 either.
 */
export function impossibleDate(text: string): number | null {
  if (!/\d{4}-\d\d-\d\d/.test(text)) return null;
  for (const line of scanToml(text)) {
    if (line.kind !== 'entry') continue;
    const { start, end } = line.value;
    for (const found of text.slice(start, end).matchAll(stringOrDate)) {
      const [year, month, day] = found.slice(1).map(Number);
      if (!day || !month || year === undefined) continue;
      const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
      if (year === 0 || day > days) return start + found.index;
    }
  }
  return null;
}
