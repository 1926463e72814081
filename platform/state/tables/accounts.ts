import { type Account, accountKinds } from '../../../core/model/fal/account.ts';
import type { State } from '../../../core/ports/state.ts';
import type { Connection } from '../connection.ts';
import { oneOf, type Row, textIn, textOrNullIn } from './row.ts';

const decode = (row: Row): Account => ({
  id: textIn(row, 'id'),
  nickname: textIn(row, 'nickname'),
  name: textIn(row, 'name'),
  kind: oneOf(row, 'kind', accountKinds),
  lockReason: textOrNullIn(row, 'lock_reason'),
  identityId: textIn(row, 'identity_id'),
});

export const accountsTable = (db: Connection): State['accounts'] => ({
  all: () => db.all(decode, 'SELECT * FROM accounts ORDER BY identity_id, position'),
  replace(identityId, accounts) {
    db.together(() => {
      db.run('DELETE FROM accounts WHERE identity_id = ?', identityId);
      for (const [position, account] of accounts.entries()) {
        db.run(
          `INSERT INTO accounts (identity_id, position, id, nickname, name, kind, lock_reason)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
          identityId,
          position,
          account.id,
          account.nickname,
          account.name,
          account.kind,
          account.lockReason,
        );
      }
    });
  },
});
