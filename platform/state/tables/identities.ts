import type { Identity } from '../../../core/model/fal/identity.ts';
import type { State } from '../../../core/ports/state.ts';
import type { Connection } from '../connection.ts';
import { flag, numberIn, type Row, textIn, textOrNullIn } from './row.ts';

const decode = (row: Row): Identity => ({
  id: textIn(row, 'id'),
  name: textIn(row, 'name'),
  email: textIn(row, 'email'),
  connection: textOrNullIn(row, 'connection'),
  signedIn: flag(row, 'signed_in'),
  signedInAt: numberIn(row, 'signed_in_at'),
});

export const identitiesTable = (db: Connection): State['identities'] => ({
  all: () => db.all(decode, 'SELECT * FROM identities ORDER BY signed_in_at, id'),
  get: (id) => db.one(decode, 'SELECT * FROM identities WHERE id = ?', id),
  put(identity) {
    db.run(
      `INSERT INTO identities (id, name, email, connection, signed_in, signed_in_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email,
         connection = excluded.connection, signed_in = excluded.signed_in, signed_in_at = excluded.signed_in_at`,
      identity.id,
      identity.name,
      identity.email,
      identity.connection,
      identity.signedIn ? 1 : 0,
      Math.trunc(identity.signedInAt),
    );
  },
  remove(id) {
    db.together(() => {
      db.run('DELETE FROM accounts WHERE identity_id = ?', id);
      db.run('DELETE FROM identities WHERE id = ?', id);
    });
  },
});
