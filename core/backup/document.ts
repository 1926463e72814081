import * as z from 'zod/mini';
import { VarvelError } from '../model/error.ts';
import { scopes } from '../model/fal/key.ts';

const key = z.object({
  id: z.string(),
  alias: z.nullable(z.string()),
  scope: z.nullable(z.enum(scopes)),
  account: z.nullable(z.object({ id: z.string(), nickname: z.string() })),
  /** Milliseconds since 1970; no more than a Date can hold. */
  created_at: z.nullable(z.int().check(z.minimum(0), z.maximum(8.64e15))),
  /** Null when it was not in the vault. */
  key: z.nullable(z.string()),
});

const profile = z.object({
  name: z.string(),
  account: z.nullable(z.object({ id: z.string(), nickname: z.string() })),
  key_id: z.nullable(z.string()),
  host: z.nullable(z.string()),
  color: z.string(),
  note: z.nullable(z.string()),
});

/** Each once, so that a row of the plan says what will be here afterwards. */
const distinct = <Row>(nameOf: (row: Row) => string) =>
  z.refine<Row[]>((rows) => new Set(rows.map(nameOf)).size === rows.length);

/** A backup's contents, as JSON. It holds whole keys, so it is only written encrypted. */
const schema = z.object({
  varvel_backup: z.literal(1),
  /** ISO 8601. */
  made_at: z.string(),
  environment: z.string(),
  current: z.nullable(z.string()),
  keys: z.array(key).check(distinct(({ id }) => id)),
  profiles: z.array(profile).check(distinct(({ name }) => name)),
});

export type BackupDocument = z.infer<typeof schema>;
export type BackupKey = BackupDocument['keys'][number];
export type BackupProfile = BackupDocument['profiles'][number];

export const encodeBackup = (document: BackupDocument): string => `${JSON.stringify(document, null, 2)}\n`;

/** @throws VarvelError `invalid`; the message never repeats the text */
export function decodeBackup(text: string, path: string): BackupDocument {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    given = null;
  }
  const decoded = z.safeParse(schema, given);
  if (decoded.success) return decoded.data;
  const version = z.safeParse(z.object({ varvel_backup: z.number() }), given);
  if (version.success && version.data.varvel_backup !== 1) {
    throw new VarvelError(
      'invalid',
      `${path} was created by a newer version of Varvel.`,
      'Update Varvel, then restore the backup.',
    );
  }
  throw new VarvelError(
    'invalid',
    `${path} is an age file, but not a Varvel backup.`,
    'Check that it is the right file.',
  );
}
