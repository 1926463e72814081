import { scanToml, type TomlLine } from './toml-scan.ts';
import { parseToml, sameValue } from './toml-value.ts';

/** A comment and the line it belongs to. */
export interface Comment {
  /** The line's path, as a table or a value; null at the end of the file. */
  anchor: string | null;
  /** On the lines above its line, or at its end. */
  place: 'above' | 'beside';
  text: string;
}

/** All comments of a file, except within a list over several lines. */
export function collectComments(text: string): Comment[] {
  if (!text.includes('#')) return [];
  const comments: Comment[] = [];
  let above: string[] = [];
  const flush = (anchor: string | null) => {
    const first = above.findIndex((line) => line !== '');
    if (first >= 0) comments.push({ anchor, place: 'above', text: above.slice(first).join('\n') });
    above = [];
  };
  for (const { line, anchor } of linesWithAnchors(text)) {
    if (line.kind === 'blank') {
      above.push(text.slice(line.start, line.end).trim());
      continue;
    }
    // an anchor takes time to build, and few lines need one
    if (above.length > 0) flush(anchor());
    if (line.comment) {
      const { start, end } = line.comment;
      comments.push({ anchor: anchor(), place: 'beside', text: text.slice(start, end) });
    }
  }
  while (above.at(-1) === '') above.pop();
  flush(null);
  return comments;
}

/** The lines of a file, each with its anchor for comments. */
function linesWithAnchors(text: string): { line: TomlLine; anchor(): string | null }[] {
  let table: string[] = [];
  const counts = new Map<string, number>();
  return scanToml(text).map((line) => {
    if (line.kind === 'blank') return { line, anchor: () => null };
    if (line.kind === 'entry') {
      const within = table;
      return { line, anchor: () => JSON.stringify([...within, ...line.path]) };
    }
    if (!line.array) {
      table = line.path;
      return { line, anchor: () => `[${JSON.stringify(line.path)}]` };
    }
    const name = JSON.stringify(line.path);
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    // each table of an array has its own number
    const own = [...line.path, String(count)];
    table = own;
    return { line, anchor: () => `[${JSON.stringify(own)}]` };
  });
}

/**
 * True when a program rewrote the file without its comments: none is left. A person who deletes some leaves
 * others.
 */
export function droppedComments(text: string, remembered: Comment[]): boolean {
  if (remembered.length === 0) return false;
  const there = new Set(collectComments(text).flatMap((comment) => comment.text.split('\n')));
  return !remembered.some((comment) =>
    comment.text.split('\n').some((line) => line !== '' && there.has(line)),
  );
}

/** Puts comments back on their lines, if those still exist. */
export function restoreComments(text: string, comments: Comment[], path: string): string {
  const eol = /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n';
  const lines = new Map<string | null, TomlLine>(
    linesWithAnchors(text).map(({ line, anchor }) => [anchor(), line]),
  );
  const inserts: { at: number; text: string }[] = [];
  let end = '';
  for (const { anchor, place, text: comment } of comments) {
    const line = anchor === null ? null : lines.get(anchor);
    const own = comment.split('\n').map((each) => `${each}${eol}`);
    if (anchor === null) end += own.join('');
    else if (line && place === 'above') inserts.push({ at: line.start, text: own.join('') });
    else if (line && !line.comment) {
      const content = text.slice(line.start, line.end).trimEnd();
      inserts.push({ at: line.start + content.length, text: ` ${comment}` });
    }
  }
  let now = text;
  for (const { at, text: piece } of inserts.sort((a, b) => b.at - a.at)) {
    now = now.slice(0, at) + piece + now.slice(at);
  }
  if (end !== '') now += (now === '' || now.endsWith('\n') ? '' : eol) + end;
  return sameValue(parseToml(now, path), parseToml(text, path)) ? now : text;
}
