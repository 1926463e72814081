import * as z from 'zod/mini';
import { lookAtFile } from '../exports/file/look.ts';
import { swapping } from '../exports/rotated/key-text.ts';
import { rotatedKeysIn } from '../exports/rotated/rotated-keys.ts';
import { hasCode, VarvelError } from '../model/error.ts';
import { spliceSchema } from '../patch/splice.ts';
import { type Ports, secretName } from '../ports.ts';
import type { Comment } from './comments.ts';
import { mergeUndo, type UndoRecord } from './plan.ts';

const text = z.string();
const textOrNull = z.nullable(text);

/** The format before exports and this file shared one splice. */
const oldSplice = z.pipe(
  z.object({ at: z.number(), removed: text, inserted: text }),
  z.transform(({ at, removed, inserted }) => ({ start: at, removed, inserted })),
);

const undoRecord = z.object({
  path: text,
  created: z.boolean(),
  edits: z.array(z.union([spliceSchema, oldSplice])),
  length: z.number(),
  changes: z.array(z.object({ table: text, key: text, before: textOrNull, after: textOrNull })),
  made: z.array(text),
});

/** A change that can be undone, and where its undo record is stored. */
const stored = z.union([
  // older Varvels had the path in the vault only
  z.object({ in: z.literal('vault'), id: text, path: z.optional(text) }),
  z.object({ in: z.literal('here'), id: text, record: undoRecord }),
]);

const storedList = z.array(stored);

/** How many changes of a file are stored; older ones are merged. */
const maxUndoSteps = 50;

/** How many files are remembered, unless more of them may have a key. */
const maxFiles = 20;

const commentList = z.object({
  path: text,
  comments: z.array(z.object({ anchor: textOrNull, place: z.enum(['above', 'beside']), text })),
});

const setting = { undo: 'falcli_undo', comments: 'falcli_comments' };

/** Decodes JSON from a setting or the vault; null when it can't be read, for example from another version. */
function decode<Schema extends z.ZodMiniType>(schema: Schema, json: string | null): z.infer<Schema> | null {
  try {
    return json === null || json === '' ? null : schema.parse(JSON.parse(json));
  } catch {
    return null;
  }
}

/**
 * Stores how to undo changes to fal's file, the last one first: in the vault when it holds a key, otherwise in the
 * database.
 */
export function createUndoStore({ state, secrets, files }: Pick<Ports, 'state' | 'secrets' | 'files'>) {
  type Stored = z.infer<typeof stored>;
  const list = (): Stored[] => decode(storedList, state.settings.get(setting.undo)) ?? [];
  const put = (all: Stored[]): void =>
    state.settings.set(setting.undo, all.length === 0 ? '' : JSON.stringify(all));

  const recordOf = async (entry: Stored): Promise<UndoRecord | null> =>
    entry.in === 'here'
      ? entry.record
      : decode(undoRecord, await secrets.get(secretName.falcliUndo(entry.id)));

  async function store(record: UndoRecord): Promise<Stored> {
    const id = crypto.randomUUID();
    if (!record.changes.some(({ key }) => key === 'key')) return { in: 'here', id, record };
    await secrets.set(secretName.falcliUndo(id), JSON.stringify(record));
    return { in: 'vault', id, path: record.path };
  }

  async function forget(entries: Stored[]): Promise<void> {
    const ids = new Set(entries.map(({ id }) => id));
    put(list().filter(({ id }) => !ids.has(id)));
    for (const entry of entries)
      if (entry.in === 'vault') await secrets.delete(secretName.falcliUndo(entry.id));
  }

  /** The file that was changed; null for a change that can't be read. */
  const pathOf = async (entry: Stored): Promise<string | null> =>
    (entry.in === 'here' ? entry.record.path : entry.path) ?? (await recordOf(entry))?.path ?? null;

  /** The changes of each file, the file that was changed last at the end. */
  async function byFile(): Promise<Map<string, Stored[]>> {
    const found = new Map<string, Stored[]>();
    for (const entry of list()) {
      const path = await pathOf(entry);
      if (path === null) continue;
      const changes = [...(found.get(path) ?? []), entry];
      found.delete(path);
      found.set(path, changes);
    }
    return found;
  }

  /** Merges the two oldest changes of a file, so that the original file can always be restored. */
  async function mergeOldest([first, second]: Stored[]): Promise<void> {
    if (!first || !second) return;
    const [one, next] = [await recordOf(first), await recordOf(second)];
    if (!one || !next) return forget([one ? second : first]);
    const both = await store(mergeUndo(one, next));
    put(list().flatMap((entry) => (entry.id === first.id ? [both, entry] : [entry])));
    await forget([first, second]);
  }

  /** Whether a file has a key that is known here, or can't be looked at. */
  async function mayHaveKey(path: string): Promise<boolean> {
    const seen = await lookAtFile(files, path);
    if (seen.state !== 'there') return seen.state === 'unseen';
    return state.keys.all().some(({ id }) => seen.text.includes(id));
  }

  /** Keeps the list short, but forgets no file that a rotation must look at. */
  async function shorten(): Promise<void> {
    if (list().length <= maxUndoSteps) return;
    const changes = await byFile();
    const readable = new Set([...changes.values()].flat().map(({ id }) => id));
    await forget(list().filter(({ id }) => !readable.has(id)));
    for (const ofFile of changes.values()) if (ofFile.length > maxUndoSteps) await mergeOldest(ofFile);
    let tooMany = changes.size - maxFiles;
    // the last one is about to be written
    for (const [path, ofFile] of [...changes].slice(0, -1)) {
      if (tooMany <= 0) return;
      if (await mayHaveKey(path)) continue;
      await forget(ofFile);
      tooMany -= 1;
    }
  }

  return {
    /** Whether there is something to undo; doesn't use the vault. */
    any: (): boolean => list().length > 0,

    /**
     * The last readable change, without a key that was rotated since; null when there is none.
     * @throws VarvelError `vault_*`, `not_found` without the newest key
     */
    async last(): Promise<{ id: string; record: UndoRecord } | null> {
      for (const entry of list().toReversed()) {
        let record = await recordOf(entry);
        if (!record) continue;
        const restored = [
          ...record.edits.map(({ removed }) => removed),
          ...record.changes.map(({ before }) => before),
        ];
        for (const { from, to } of await rotatedKeysIn({ state, secrets }, restored))
          record = withKey(record, swapping(from, { text: inJson(to.text) })) ?? record;
        return { id: entry.id, record };
      }
      return null;
    },

    /** The files that were changed. @throws VarvelError `vault_*` */
    async paths(): Promise<string[]> {
      return [...(await byFile()).keys()];
    },

    /** @returns its id @throws VarvelError `vault_*` */
    async push(record: UndoRecord): Promise<string> {
      const entry = await store(record);
      put([...list(), entry]);
      // this may need the vault, and the new change may not
      await shorten().catch((error: unknown) => {
        if (!(error instanceof VarvelError)) throw error;
      });
      return entry.id;
    },

    /**
     * Puts a key in place of another one in all changes, so that undoing one never restores a revoked key.
     * @throws VarvelError `vault_*`
     */
    async replaceKey(from: string, to: string): Promise<void> {
      const renewed: Stored[] = [];
      const old: Stored[] = [];
      for (const entry of list()) {
        const record = await recordOf(entry).catch((error: unknown) => {
          // who undoes with it later has the keys replaced then
          if (hasCode(error, 'vault_damaged', 'vault_other')) return null;
          throw error;
        });
        const changed = record && withKey(record, (text) => text.replaceAll(inJson(from), () => inJson(to)));
        renewed.push(changed ? await store(changed) : entry);
        if (changed) old.push(entry);
      }
      if (old.length === 0) return;
      put(renewed);
      for (const { in: place, id } of old)
        if (place === 'vault') await secrets.delete(secretName.falcliUndo(id));
    },

    /** Forgets a change. @throws VarvelError `vault_*` */
    drop: (id: string): Promise<void> => forget(list().filter((entry) => entry.id === id)),
  };
}

/**
 * A change with another key; null when it stays as it is.
 * @param swap puts one key in place of another in JSON: a key is plain ASCII without quotes where it is a usual one, so it
 * stands in JSON and TOML as it is
 */
function withKey(record: UndoRecord, swap: (json: string) => string): UndoRecord | null {
  const before = JSON.stringify(record);
  const after = swap(before);
  return after === before ? null : decode(undoRecord, after);
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** A checksum that shows whether comments have changed, without their text. */
function checksumOf(path: string, comments: Comment[]): string {
  let sum = 0;
  for (const character of JSON.stringify([path, comments])) {
    sum = (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) | 0;
  }
  return String(sum);
}

/** Remembers the comments of fal's file in the vault: a comment can hold anything, even an old key. */
export function createCommentMemory({ state, secrets }: Pick<Ports, 'state' | 'secrets'>) {
  return {
    /** Whether any are remembered. */
    any: (): boolean => (state.settings.get(setting.comments) ?? '') !== '',

    /** The remembered comments of a file; reads the vault only when they differ from the file's. @throws VarvelError `vault_*` */
    async read(path: string, there: Comment[] | null): Promise<Comment[]> {
      const sum = state.settings.get(setting.comments) ?? '';
      if (sum === '' || (there && sum === checksumOf(path, there))) return [];
      const found = decode(commentList, await secrets.get(secretName.falcliComments));
      return found?.path === path ? found.comments : [];
    },

    /** @throws VarvelError `vault_*` */
    async write(path: string, comments: Comment[]): Promise<void> {
      const sum = checksumOf(path, comments);
      if (comments.length === 0 || state.settings.get(setting.comments) === sum) return;
      await secrets.set(secretName.falcliComments, JSON.stringify({ path, comments }));
      state.settings.set(setting.comments, sum);
    },
  };
}
