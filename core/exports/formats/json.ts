import { VarvelError } from '../../model/error.ts';
import type { Splice } from '../../patch/splice.ts';
import { maskedJson } from '../../preview/mask.ts';
import type { Assignment, FormatDefinition } from './format.ts';
import { bomOf, lineBreak } from './lines.ts';

/** A JSON object with the variables as properties. An empty file counts as a new one. */
export const json = {
  label: 'JSON',
  readers: 'JSON: an object with the variable, for programs that read JSON.',
  fileName: '*.json',
  write: (variables) => `${JSON.stringify(variables, null, 2)}\n`,
  find: (text, name) => (isEmpty(text) ? [] : jsonPlaces(text, name).found),
  merge,
  mask: maskedJson,
} satisfies FormatDefinition;

const isEmpty = (text: string): boolean => text.slice(bomOf(text).length).trim() === '';

function merge(text: string, name: string, value: string): Splice {
  const eol = lineBreak(text);
  const property = `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
  if (isEmpty(text)) {
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
  // indented like the first property: on its own line, or on the same
  const indent = text.slice(0, inside.first).match(/\r?\n[ \t]*$/)?.[0] ?? ' ';
  return { start: inside.last, removed: '', inserted: `,${indent}${property}` };
}

/** The parts of a JSON object that an edit needs. */
interface JsonPlaces {
  /** The values of the properties of that name; the last one counts. */
  found: Assignment[];
  /** Where the object's first property begins, and where its last one ends; null for an empty one. */
  inside: { first: number; last: number } | null;
  /** After its opening brace. */
  open: number;
}

/**
 * Finds the places of a property in a JSON object's text.
 * @throws VarvelError `invalid` when it is not a JSON object
 */
function jsonPlaces(text: string, name: string): JsonPlaces {
  const body = text.slice(bomOf(text).length);
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch {
    throw notAnObject('It is not valid JSON (comments and trailing commas are not allowed).');
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    throw notAnObject('It is JSON, but not an object.');
  return places(text, name);
}

/** Finds the places by tokens alone: the text is known to be a JSON object. */
function places(text: string, name: string): JsonPlaces {
  const token = /"(?:\\.|[^"\\])*"|[{}[\],:]|[^\s{}[\],:"]+/g;
  token.lastIndex = bomOf(text).length;
  const found: Assignment[] = [];
  const properties: { first: number; last: number }[] = [];
  let open = 0;
  let depth = 0;
  let property: string | null = null;
  let valueFrom: number | null = null;
  let last = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [word] = match;
    if (depth === 1 && (word === ',' || word === '}')) {
      if (property === name && valueFrom !== null) found.push(assignment(text, valueFrom, last));
      const ended = properties.at(-1);
      if (property !== null && ended) ended.last = last;
      property = valueFrom = null;
      if (word === '}') break;
      continue;
    }
    if (word === '{' || word === '[') depth += 1;
    if (word === '}' || word === ']') depth -= 1;
    if (depth === 1 && word === '{' && open === 0) {
      open = token.lastIndex;
      continue;
    }
    if (depth === 1 && property === null && word.startsWith('"')) {
      property = String(JSON.parse(word));
      properties.push({ first: match.index, last: match.index });
    } else if (property !== null && word !== ':' && valueFrom === null) {
      valueFrom = match.index;
    }
    last = token.lastIndex;
  }
  const [first] = properties;
  const end = properties.at(-1);
  return { found, inside: first && end ? { first: first.first, last: end.last } : null, open };
}

function assignment(text: string, start: number, end: number): Assignment {
  const value: unknown = JSON.parse(text.slice(start, end));
  return { start, end, value: typeof value === 'string' ? value : null };
}

const notAnObject = (why: string) =>
  new VarvelError('invalid', `The file is not a JSON object. ${why}`, { action: 'choose_file_format' });
