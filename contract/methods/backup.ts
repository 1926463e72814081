import * as z from 'zod/mini';
import { type RestoreRow, restoredThings } from '../../core/model/machine/restore.ts';
import { method, passphrase, path, text, textOrNull } from '../method.ts';

const restoreRow = z.object({
  what: z.enum(restoredThings),
  id: text,
  name: text,
  /** A profile's. */
  host: textOrNull,
  outcome: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('new') }),
    z.object({ kind: z.literal('foreign_host'), host: text }),
    z.object({ kind: z.literal('same') }),
    z.object({ kind: z.literal('conflict'), reason: text }),
    z.object({ kind: z.literal('unusable'), reason: text }),
  ]),
}) satisfies z.ZodMiniType<RestoreRow>;

export const backupMethods = {
  /** Writes all keys and profiles to an age file, encrypted with a passphrase. Replaces a file only with `replace`. */
  'backup.create': method(
    z.object({ file: path, passphrase, replace: z.boolean() }),
    z.object({
      path: text,
      keys: z.number(),
      profiles: z.number(),
      /** The ids of keys whose secret is not in the vault. */
      withoutSecret: z.array(text),
    }),
  ),
  /** What restoring a backup would do; changes nothing. */
  'backup.plan': method(z.object({ file: path, passphrase }), z.array(restoreRow)),
  'backup.restore': method(
    /** `hosts`: those that aren't fal's and may get keys. */
    z.object({ file: path, passphrase, hosts: z.array(text) }),
    z.array(restoreRow),
  ),
};
