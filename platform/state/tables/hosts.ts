import type { State } from '../../../core/ports/state.ts';
import type { Connection } from '../connection.ts';
import { textIn } from './row.ts';

export const hostsTable = (db: Connection): State['hosts'] => ({
  all: () => db.all((row) => textIn(row, 'host'), 'SELECT host FROM hosts ORDER BY host'),
  put(hosts) {
    db.together(() => {
      for (const host of hosts) db.run('INSERT OR IGNORE INTO hosts (host) VALUES (?)', host);
    });
  },
});
