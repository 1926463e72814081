import { VarvelError } from '../model/error.ts';
import { type Splice, takeBack } from '../patch/splice.ts';
import { foundKey } from '../which/facts.ts';
import { type Comment, droppedComments, restoreComments } from './comments.ts';
import { internalTable, isSameAccount, readConfig } from './config.ts';
import { type Change, editToml, rawValue, withoutEmptyTable } from './edit-toml.ts';
import { isTable, parseToml, sameValue, tomlText } from './toml-value.ts';

/** What the fal CLI should use; `key` is a whole key, null keeps the file's key. */
export interface Wanted {
  name: string;
  host: string | null;
  keyId: string | null;
  key: string | null;
  /** The nickname of the profile's account; null when it has none. */
  team: string | null;
}

/** How to undo one change of the file. */
export interface UndoRecord {
  path: string;
  /** Whether the change created the file. */
  created: boolean;
  /** The edits and the resulting length: if nobody has written since, undo restores every byte. */
  edits: Splice[];
  length: number;
  /** Otherwise, undo restores each value; as TOML, null when there was none. */
  changes: { table: string; key: string; before: string | null; after: string | null }[];
  /** Tables that the change created. */
  made: string[];
}

export interface Plan {
  text: string;
  /** Whether the profile has a key in the file. Without one, the fal CLI acts for the file's team. */
  hasKey: boolean;
  undo: UndoRecord;
}

/**
 * Plans the file that makes the fal CLI use a profile, or none.
 * @throws VarvelError `invalid` for a file that can't be edited, `conflict` when its profile of that name has another key
 */
export function planApply(
  content: string | null,
  wanted: Wanted | null,
  remembered: Comment[],
  path: string,
): Plan {
  const given = content ?? '';
  const document = parseToml(given, path);
  const text = droppedComments(given, remembered) ? restoreComments(given, remembered, path) : given;
  const config = readConfig(given, path);
  const changes: Change[] = [];
  let hasKey = false;
  if (wanted) {
    const { name, host, key } = wanted;
    if (Object.hasOwn(document, name) && !isTable(document[name])) throw nameTaken(name, path);
    const there = config.profiles.find((profile) => profile.name === name);
    const found = foundKey(there?.key);
    if (key === null && found.kind === 'key' && found.id !== wanted.keyId) throw otherKey(name, found.id);
    if (host !== (there?.host ?? null))
      changes.push({ table: name, key: 'host', raw: host && tomlText(host) });
    if (key !== null && key !== there?.key) changes.push({ table: name, key: 'key', raw: tomlText(key) });
    hasKey = foundKey(key ?? there?.key).kind === 'key';
  }
  if (config.profile !== (wanted?.name ?? null)) {
    changes.push({ table: internalTable, key: 'profile', raw: wanted && tomlText(wanted.name) });
  }
  if (wanted && !hasKey && !isSameAccount(config.team, wanted.team)) {
    changes.push({ table: internalTable, key: 'team', raw: wanted.team && tomlText(wanted.team) });
  }
  const edited = editToml(text, changes, wanted ? [wanted.name] : [], path);
  const tables = new Set([...(wanted ? [wanted.name] : []), ...changes.map(({ table }) => table)]);
  return {
    text: edited.text,
    hasKey,
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

/** Merges two changes of one file; the result is undone value by value. */
export function mergeUndo(first: UndoRecord, second: UndoRecord): UndoRecord {
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
  /** What stays because another program changed it since. */
  left: string[];
  /** The file has nothing that wasn't written by Varvel. */
  toRemove: boolean;
}

/** Undoes a change, except for values that someone else has changed since. */
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
    `${path} has a setting called “${name}”, so the fal CLI can’t have a profile with that name.`,
    { action: 'rename_profile', profile: name },
  );

const otherKey = (name: string, keyId: string) =>
  new VarvelError(
    'conflict',
    `The fal CLI’s profile “${name}” has another key, ${keyId}, and would use that key’s account.`,
    { action: 'overwrite_fal_key', profile: name },
  );
