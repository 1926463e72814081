import type { State } from '../../../core/ports/state.ts';
import type { Connection } from '../connection.ts';
import { type Row, textIn } from './row.ts';

const decode = (row: Row) => ({ folder: textIn(row, 'folder'), profile: textIn(row, 'profile') });

export const pinsTable = (db: Connection): State['pins'] => ({
  all: () => db.all(decode, 'SELECT * FROM pins ORDER BY folder'),
  put({ folder, profile }) {
    db.run(
      'INSERT INTO pins (folder, profile) VALUES (?, ?) ON CONFLICT (folder) DO UPDATE SET profile = excluded.profile',
      folder,
      profile,
    );
  },
  remove(folder) {
    db.run('DELETE FROM pins WHERE folder = ?', folder);
  },
});
