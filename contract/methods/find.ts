import * as z from 'zod/mini';
import {
  type CopyRemoval,
  copyForms,
  copyParts,
  copyStays,
  gitObjectKinds,
  type KeyCopy,
  type NotSearched,
  notSearchedKinds,
  removalWays,
  type Searched,
} from '../../core/model/machine/key-copy.ts';
import { id, method, path, run, text, textOrNull } from '../method.ts';

const place = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['file', 'staged']), path: text, line: z.number() }),
  z.object({ kind: z.literal('name'), path: text }),
  z.object({
    kind: z.literal('history'),
    repository: text,
    object: z.enum(gitObjectKinds),
    id: text,
    commit: textOrNull,
    path: textOrNull,
    line: z.number(),
  }),
]);

const copy = z.object({
  keyId: text,
  part: z.enum(copyParts),
  form: z.enum(copyForms),
  place,
  stays: z.nullable(z.enum(copyStays)),
}) satisfies z.ZodMiniType<KeyCopy>;

export const searched = z.object({
  files: z.number(),
  bytes: z.number(),
  repositories: z.number(),
  objects: z.number(),
}) satisfies z.ZodMiniType<Searched>;

const notSearched = z.object({
  path: text,
  kind: z.enum(notSearchedKinds),
  reason: text,
}) satisfies z.ZodMiniType<NotSearched>;

const removal = z.object({
  undo: textOrNull,
  files: z.array(z.object({ path: text, removed: z.number(), left: z.number(), problem: textOrNull })),
}) satisfies z.ZodMiniType<CopyRemoval>;

const keyIds = z.nullable(z.array(id).check(z.minLength(1), z.maxLength(10_000)));

const found = z.object({
  /** The first ones. */
  copies: z.array(copy),
  /** How many there are. */
  count: z.number(),
  searched,
  notSearched: z.array(notSearched),
  /** The ids of keys that couldn't be searched for. */
  keysLeftOut: z.array(text),
});
export type Found = z.infer<typeof found>;

export const findMethods = {
  /** Searches folders for copies of keys. The event `searching` tells how far it is. */
  'find.search': method(
    z.object({
      run,
      roots: z.array(path).check(z.maxLength(100)),
      /** Also where programs leave keys in the home folder. */
      home: z.boolean(),
      history: z.boolean(),
      /** Null for all keys. */
      keyIds,
    }),
    found,
  ),
  /** Removes the copies of keys in text files. */
  'find.remove': method(
    z.object({
      run,
      paths: z.array(path).check(z.minLength(1), z.maxLength(10_000)),
      keyIds,
      way: z.enum(removalWays),
    }),
    removal,
  ),
  /** Puts back what a removal took away. */
  'find.undo': method(z.object({ id }), removal),
};
