import type { Intent, State } from '../../../core/ports/state.ts';
import { isAlive, ownMark } from '../../process/process-alive.ts';
import type { Connection } from '../connection.ts';
import { keyColumns, keyValues } from './keys.ts';
import { numberIn, oneOf, type Row, textIn } from './row.ts';

function decodeIntent(row: Row): Intent {
  const keyId = textIn(row, 'key_id');
  const kind = oneOf(row, 'kind', ['store_key', 'forget_key']);
  if (kind === 'forget_key') return { kind, keyId };
  return { kind, key: { id: keyId, ...keyColumns(row) } };
}

const decode = (row: Row) => ({
  id: numberIn(row, 'id'),
  intent: decodeIntent(row),
  mark: { pid: numberIn(row, 'pid'), started: textIn(row, 'started') },
});

export const intentsTable = (db: Connection): State['intents'] => ({
  begin(intent) {
    const { pid, started } = ownMark();
    const values =
      intent.kind === 'store_key'
        ? ([intent.key.id, ...keyValues(intent.key)] as const)
        : ([intent.keyId, null, null, null, null, null] as const);
    return db.run(
      `INSERT INTO intents
         (pid, started, kind, key_id, alias, scope, account_id, account_nickname, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      pid,
      started,
      intent.kind,
      ...values,
    ).lastId;
  },
  end(id) {
    db.run('DELETE FROM intents WHERE id = ?', id);
  },
  abandoned: () =>
    db
      .all(decode, 'SELECT * FROM intents ORDER BY id')
      .filter(({ mark }) => !isAlive(mark))
      .map(({ id, intent }) => ({ id, intent })),
});
