import * as z from 'zod/mini';
import { hasCode } from '../../model/error.ts';
import type { ExportRecord } from '../../model/machine/export-record.ts';
import { type Splice, spliceSchema } from '../../patch/splice.ts';
import { type SecretStore, secretName } from '../../ports.ts';

/** What undoes an export. Stored in the vault, as it may hold keys. */
export interface Undo {
  /** The export created the file. */
  made: boolean;
  splices: Splice[];
  /** The same with other keys: while a key is replaced in the file, either may be there. */
  others?: Splice[][] | undefined;
  /** The variable's previous record. */
  before: ExportRecord | null;
}

/** How many keys an undo fits: the latest ones. */
const mostKeys = 4;

/**
 * An undo that fits the file before and after a change of what the export inserted. Can be repeated.
 * @param change of a text that the export inserted
 */
export function widened({ made, splices, others, before }: Undo, change: (inserted: string) => string): Undo {
  const ways = [splices, ...(others ?? [])].flatMap((way) => [
    way.map((splice) => ({ ...splice, inserted: change(splice.inserted) })),
    way,
  ]);
  const distinct = new Map(ways.map((way) => [JSON.stringify(way), way]));
  const [first = splices, ...rest] = [...distinct.values()].slice(0, mostKeys);
  return { made, splices: first, others: rest.length > 0 ? rest : others, before };
}

const undoSchema = z.object({
  made: z.boolean(),
  splices: z.array(spliceSchema),
  others: z.optional(z.array(z.array(spliceSchema))),
  before: z.nullable(
    z.object({
      path: z.string(),
      variable: z.string(),
      format: z.string(),
      profile: z.string(),
      keyId: z.string(),
      salt: z.string(),
      hash: z.string(),
      undo: z.nullable(z.string()),
      at: z.number(),
    }),
  ),
});

function decode(text: string): Undo | null {
  try {
    return undoSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The undo with an id; null when the vault has none that can be read. @throws VarvelError `vault_*` */
export async function readUndo(secrets: SecretStore, id: string | null): Promise<Undo | null> {
  const text = id === null ? null : await secrets.get(secretName.undo(id));
  return text === null ? null : decode(text);
}

/**
 * The same, but null also for one that is in the other vault: a rotation can't renew it, and an undo there finds another
 * key. `damaged` for one that can't be read: nobody can undo with it.
 */
export const readUndoHere = (secrets: SecretStore, id: string | null): Promise<Undo | 'damaged' | null> =>
  readUndo(secrets, id).catch((error: unknown) => {
    if (hasCode(error, 'vault_other')) return null;
    if (hasCode(error, 'vault_damaged')) return 'damaged';
    throw error;
  });

/** @throws VarvelError `vault_*` */
export const writeUndo = (secrets: SecretStore, id: string, undo: Undo): Promise<void> =>
  secrets.set(secretName.undo(id), JSON.stringify(undo));
