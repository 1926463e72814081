import type { State } from '../../../core/ports/state.ts';
import { isAlive, ownMark } from '../../process/process-alive.ts';
import type { Connection } from '../connection.ts';
import { numberIn, type Row, textIn } from './row.ts';

const decode = (row: Row) => ({
  identityId: textIn(row, 'identity_id'),
  mark: { pid: numberIn(row, 'pid'), started: textIn(row, 'started') },
});

export const sessionIntentsTable = (db: Connection): State['sessionIntents'] => ({
  begin(identityId) {
    const { pid, started } = ownMark();
    db.run(
      'INSERT OR REPLACE INTO session_intents (identity_id, pid, started) VALUES (?, ?, ?)',
      identityId,
      pid,
      started,
    );
  },
  end(identityId) {
    db.run('DELETE FROM session_intents WHERE identity_id = ?', identityId);
  },
  abandoned: () =>
    db
      .all(decode, 'SELECT * FROM session_intents')
      .filter(({ mark }) => !isAlive(mark))
      .map(({ identityId }) => identityId),
});
