import * as z from 'zod/mini';
import { type Ports, secretName } from '../ports.ts';
import type { Comment } from './comments.ts';
import type { UndoRecord } from './plan.ts';

const text = z.string();
const textOrNull = z.nullable(text);

const undoRecord = z.object({
  path: text,
  created: z.boolean(),
  edits: z.array(z.object({ at: z.number(), removed: text, inserted: text })),
  length: z.number(),
  changes: z.array(z.object({ table: text, key: text, before: textOrNull, after: textOrNull })),
  made: z.array(text),
});

const stored = z.union([
  z.object({ in: z.literal('vault') }),
  z.object({ in: z.literal('here'), record: undoRecord }),
]);

const commentList = z.object({
  path: text,
  comments: z.array(z.object({ anchor: textOrNull, place: z.enum(['above', 'beside']), text })),
});

const setting = { undo: 'falcli_undo', comments: 'falcli_comments' };

/** Reads what a setting or the vault holds; what can't be read, of another version, counts as none. */
function decode<Schema extends z.ZodMiniType>(schema: Schema, json: string | null): z.infer<Schema> | null {
  try {
    return json === null || json === '' ? null : schema.parse(JSON.parse(json));
  } catch {
    return null;
  }
}

/** Keeps what undoes our last change to fal's file: in the vault when a key is in it, else in the database. */
export function createUndoStore({ state, secrets }: Pick<Ports, 'state' | 'secrets'>) {
  return {
    /** Whether there is something to undo; doesn't ask the vault. */
    any: (): boolean => decode(stored, state.settings.get(setting.undo)) !== null,

    /** @throws VarvelError `vault_*` */
    async read(): Promise<UndoRecord | null> {
      const found = decode(stored, state.settings.get(setting.undo));
      if (found?.in === 'here') return found.record;
      return found ? decode(undoRecord, await secrets.get(secretName.falcliUndo)) : null;
    },

    /** @throws VarvelError `vault_*` */
    async write(record: UndoRecord): Promise<void> {
      const secret = record.changes.some(({ key }) => key === 'key');
      if (secret) await secrets.set(secretName.falcliUndo, JSON.stringify(record));
      state.settings.set(setting.undo, JSON.stringify(secret ? { in: 'vault' } : { in: 'here', record }));
    },

    /** @throws VarvelError `vault_*` */
    async clear(): Promise<void> {
      const found = decode(stored, state.settings.get(setting.undo));
      state.settings.set(setting.undo, '');
      if (found?.in === 'vault') await secrets.delete(secretName.falcliUndo);
    },
  };
}

/** A sum that tells whether comments have changed, and nothing of what they say. */
function sumOf(path: string, comments: Comment[]): string {
  let sum = 0;
  for (const character of JSON.stringify([path, comments])) {
    sum = (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) | 0;
  }
  return String(sum);
}

/** Remembers the comments of fal's file, in the vault: a comment may hold anything, an old key too. */
export function createCommentMemory({ state, secrets }: Pick<Ports, 'state' | 'secrets'>) {
  return {
    /** Whether some are remembered. */
    any: (): boolean => (state.settings.get(setting.comments) ?? '') !== '',

    /** What is remembered of a file; asks the vault only when it differs from what is there. @throws VarvelError `vault_*` */
    async read(path: string, there: Comment[] | null): Promise<Comment[]> {
      const sum = state.settings.get(setting.comments) ?? '';
      if (sum === '' || (there && sum === sumOf(path, there))) return [];
      const found = decode(commentList, await secrets.get(secretName.falcliComments));
      return found?.path === path ? found.comments : [];
    },

    /** @throws VarvelError `vault_*` */
    async write(path: string, comments: Comment[]): Promise<void> {
      const sum = sumOf(path, comments);
      if (comments.length === 0 || state.settings.get(setting.comments) === sum) return;
      await secrets.set(secretName.falcliComments, JSON.stringify({ path, comments }));
      state.settings.set(setting.comments, sum);
    },
  };
}
