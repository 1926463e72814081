import { VarvelError } from '../model/error.ts';
import { type Splice, takeBack } from '../patch/splice.ts';
import { foundKey } from '../which/facts.ts';
import { type Comment, restoreComments, wereDropped } from './comments.ts';
import { internalTable, readConfig } from './config.ts';
import { type Change, editToml, rawValue, withoutEmptyTable } from './edit-toml.ts';
import { isTable, parseToml, sameValue, tomlText } from './toml-value.ts';

/** What fal's CLI is to use; `key` is a whole key, null leaves the file's own. */
export interface Wanted {
  name: string;
  host: string | null;
  keyId: string | null;
  key: string | null;
}

/** What undoes one change of the file. */
export interface UndoRecord {
  path: string;
  /** Whether the file was made. */
  created: boolean;
  /** The edits and the length of what came of them: while nobody has written since, they are undone to the byte. */
  edits: Splice[];
  length: number;
  /** Else each value by itself; as TOML, null where there was none. */
  changes: { table: string; key: string; before: string | null; after: string | null }[];
  /** Tables that were made. */
  made: string[];
}

export interface Plan {
  text: string;
  undo: UndoRecord;
}

/**
 * What the file has to become for fal's CLI to use a profile, or none.
 * @throws VarvelError `invalid` for a file that can't be edited, `conflict` where its profile of that name is another one
 */
export function planApply(
  content: string | null,
  wanted: Wanted | null,
  remembered: Comment[],
  path: string,
): Plan {
  const given = content ?? '';
  const document = parseToml(given, path);
  const text = wereDropped(given, remembered) ? restoreComments(given, remembered, path) : given;
  const config = readConfig(given, path);
  const changes: Change[] = [];
  if (wanted) {
    const { name, host, key } = wanted;
    if (Object.hasOwn(document, name) && !isTable(document[name])) throw nameTaken(name, path);
    const there = config.profiles.find((profile) => profile.name === name);
    const found = foundKey(there?.key);
    if (key === null && found.kind === 'key' && found.id !== wanted.keyId) throw otherKey(name, found.id);
    if (host !== (there?.host ?? null))
      changes.push({ table: name, key: 'host', raw: host && tomlText(host) });
    if (key !== null && key !== there?.key) changes.push({ table: name, key: 'key', raw: tomlText(key) });
  }
  if (config.profile !== (wanted?.name ?? null)) {
    changes.push({ table: internalTable, key: 'profile', raw: wanted && tomlText(wanted.name) });
  }
  const edited = editToml(text, changes, wanted ? [wanted.name] : [], path);
  const tables = new Set([...(wanted ? [wanted.name] : []), ...changes.map(({ table }) => table)]);
  return {
    text: edited.text,
    undo: {
      path,
      created: content === null,
      edits: edited.edits,
      length: edited.text.length,
      changes: changes.map(({ table, key, raw }, index) => ({
        table,
        key,
        before: edited.before[index] ?? null,
        after: raw,
      })),
      made: [...tables].filter((table) => !Object.hasOwn(document, table)),
    },
  };
}

/** Two changes of one file as one, which is undone value by value. */
export function joined(first: UndoRecord, second: UndoRecord): UndoRecord {
  const changes = first.changes.map((change) => ({ ...change }));
  for (const change of second.changes) {
    const same = changes.find(({ table, key }) => table === change.table && key === change.key);
    if (same) same.after = change.after;
    else changes.push(change);
  }
  const made = [...new Set([...first.made, ...second.made])];
  return { path: first.path, created: first.created, edits: [], length: -1, changes, made };
}

export interface Undone {
  text: string;
  /** What another program has changed since and stays as that one left it. */
  left: string[];
  /** The file holds nothing that was there before us. */
  toRemove: boolean;
}

/** What the file was before a change, as far as nobody else has changed the same values since. */
export function planUndo(content: string, undo: UndoRecord, path: string): Undone {
  const exact = content.length === undo.length ? takeBack(content, undo.edits, 'in_place') : null;
  if (exact !== null) return { text: exact, left: [], toRemove: undo.created && exact.trim() === '' };
  const document = parseToml(content, path);
  const left: string[] = [];
  const changes: Change[] = [];
  for (const { table, key, before, after } of undo.changes) {
    const held = document[table];
    const value = isTable(held) ? held[key] : undefined;
    const ours = after === null ? undefined : rawValue(after, path);
    if (sameValue(value, ours)) changes.push({ table, key, raw: before });
    else left.push(`${table}.${key}`);
  }
  let { text } = editToml(content, changes, [], path);
  for (const table of undo.made) text = withoutEmptyTable(text, table, path) ?? text;
  return { text, left, toRemove: false };
}

const nameTaken = (name: string, path: string) =>
  new VarvelError(
    'conflict',
    `${path} holds a setting called ${name}, so fal’s CLI can have no profile of that name.`,
    { action: 'rename_profile', profile: name },
  );

const otherKey = (name: string, keyId: string) =>
  new VarvelError(
    'conflict',
    `fal’s CLI has a profile ${name} with another key, ${keyId}; with it, it would act for that key’s account.`,
    { action: 'overwrite_fal_key', profile: name },
  );
