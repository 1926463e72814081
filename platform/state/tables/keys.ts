import { type StoredKey, scopes } from '../../../core/model/fal/key.ts';
import type { State } from '../../../core/ports/state.ts';
import type { Connection } from '../connection.ts';
import { readAccountName } from './account-columns.ts';
import { numberOrNullIn, oneOfOrNull, type Row, textIn, textOrNullIn } from './row.ts';

const decode = (row: Row): StoredKey => ({ id: textIn(row, 'id'), ...keyColumns(row) });

/** A key's columns besides its id. */
export const keyColumns = (row: Row): Omit<StoredKey, 'id'> => ({
  alias: textOrNullIn(row, 'alias'),
  scope: oneOfOrNull(row, 'scope', scopes),
  account: readAccountName(row),
  createdAt: numberOrNullIn(row, 'created_at'),
});

/** The values of alias, scope, account_id, account_nickname, created_at. */
export const keyValues = (key: StoredKey) =>
  [
    key.alias,
    key.scope,
    key.account?.id ?? null,
    key.account?.nickname ?? null,
    key.createdAt === null ? null : Math.trunc(key.createdAt),
  ] as const;

export const keysTable = (db: Connection): State['keys'] => ({
  all: () => db.all(decode, 'SELECT * FROM keys ORDER BY id'),
  get: (id) => db.one(decode, 'SELECT * FROM keys WHERE id = ?', id),
  put(key) {
    db.run(
      `INSERT INTO keys (id, alias, scope, account_id, account_nickname, created_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET alias = excluded.alias, scope = excluded.scope,
         account_id = excluded.account_id, account_nickname = excluded.account_nickname,
         created_at = excluded.created_at`,
      key.id,
      ...keyValues(key),
    );
  },
  remove(id) {
    db.together(() => {
      db.run('DELETE FROM verdicts WHERE key_id = ?', id);
      db.run("DELETE FROM rotate_by WHERE subject = 'key' AND id = ?", id);
      db.run('DELETE FROM keys WHERE id = ?', id);
    });
  },
});
