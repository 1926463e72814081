import { VarvelError } from '../../model/error.ts';
import { checkVariable, type FileFormat } from '../render.ts';
import { type Assignment, bomOf, type Grammar } from './assignment.ts';
import { dockerGrammar } from './docker-grammar.ts';
import { dotenvGrammar } from './dotenv-grammar.ts';
import { envrcGrammar } from './envrc-grammar.ts';
import { githubGrammar } from './github-grammar.ts';
import { jsonPlaces } from './json-place.ts';
import { systemdGrammar } from './systemd-grammar.ts';

/** One change of a text: what was removed at a place, and what was put there. */
export interface Splice {
  start: number;
  removed: string;
  inserted: string;
}

export const apply = (text: string, { start, removed, inserted }: Splice): string =>
  text.slice(0, start) + inserted + text.slice(start + removed.length);

const grammars: Record<Exclude<FileFormat, 'json'>, Grammar> = {
  dotenv: dotenvGrammar,
  envrc: envrcGrammar,
  docker: dockerGrammar,
  systemd: systemdGrammar,
  github: githubGrammar,
};

/** The format that a file's name tells; dotenv when it tells none. */
export function formatOf(path: string): FileFormat {
  const name = path.split(/[\\/]/).at(-1) ?? '';
  if (name === '.envrc' || name.endsWith('.envrc')) return 'envrc';
  if (name.endsWith('.json')) return 'json';
  return 'dotenv';
}

/** The places at which a file sets a variable. @throws VarvelError `invalid` for malformed JSON */
export const assignments = (format: FileFormat, text: string, name: string): Assignment[] => {
  if (format !== 'json') return grammars[format].find(text, name);
  return text.slice(bomOf(text).length).trim() === '' ? [] : jsonPlaces(text, name).found;
};

/** What a file gives a variable; undefined when it doesn't set it, null when that can't be told. */
export const valueIn = (format: FileFormat, text: string, name: string): string | null | undefined =>
  assignments(format, text, name).at(-1)?.value;

/**
 * What sets a variable in a file and changes nothing else: the last place that sets it, or a line at the end.
 * @param text one character for each byte (latin1), so that any encoding stays as it is
 * @throws VarvelError `invalid` for a value that the format can't carry, or a file that can't be understood
 */
export function merge(format: FileFormat, text: string, name: string, value: string): Splice {
  checkVariable(name, value);
  if (format === 'json') return mergeJson(text, name, value);
  const grammar = grammars[format];
  const eol = lineBreak(text);
  const line = grammar.line(name, value).replaceAll('\n', eol);
  const last = grammar.find(text, name).at(-1);
  if (last) return { start: last.start, removed: text.slice(last.start, last.end), inserted: line };
  const content = text.slice(bomOf(text).length);
  const whole = content === '' || content.endsWith('\n');
  // a backslash would take our line for its own end
  if (!whole && content.endsWith('\\')) throw unfinished();
  return { start: text.length, removed: '', inserted: whole ? `${line}${eol}` : `${eol}${line}` };
}

function mergeJson(text: string, name: string, value: string): Splice {
  const eol = lineBreak(text);
  const property = `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
  if (text.slice(bomOf(text).length).trim() === '') {
    return { start: text.length, removed: '', inserted: `{${eol}  ${property}${eol}}${eol}` };
  }
  const { found, inside, open } = jsonPlaces(text, name);
  const last = found.at(-1);
  if (last) {
    return { start: last.start, removed: text.slice(last.start, last.end), inserted: JSON.stringify(value) };
  }
  if (!inside) {
    const close = text.indexOf('}', open);
    return { start: open, removed: text.slice(open, close), inserted: `${eol}  ${property}${eol}` };
  }
  // as the first property is indented: on a line of its own, or on the same
  const indent = text.slice(0, inside.first).match(/\r?\n[ \t]*$/)?.[0] ?? ' ';
  return { start: inside.last, removed: '', inserted: `,${indent}${property}` };
}

/** The line break that a text's last line has. */
const lineBreak = (text: string): string =>
  text.lastIndexOf('\r\n') >= 0 && text.lastIndexOf('\r\n') === text.lastIndexOf('\n') - 1 ? '\r\n' : '\n';

const unfinished = () =>
  new VarvelError(
    'invalid',
    'The file ends in the middle of a line, with a backslash.',
    'Mend its last line, then export again.',
  );

/** What takes a splice back, wherever its text stands now; null when it was changed since. */
export function inverse(text: string, { start, removed, inserted }: Splice): Splice | null {
  const at = text.startsWith(inserted, start) ? start : text.indexOf(inserted);
  return at < 0 ? null : { start: at, removed: inserted, inserted: removed };
}
