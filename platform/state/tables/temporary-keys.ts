import { scopes } from '../../../core/model/fal/key.ts';
import type { TemporaryKey } from '../../../core/model/fal/temporary-key.ts';
import type { State } from '../../../core/ports/state.ts';
import { isAlive, isElsewhere, markOf } from '../../process/process-alive.ts';
import type { Connection } from '../connection.ts';
import { flag, numberIn, numberOrNullIn, oneOf, type Row, textIn, textOrNullIn } from './row.ts';

/** Whether the process that a key was made for is gone. One that can't be seen from here may use it until its time. */
function isHolderGone(row: Row): boolean {
  const pid = numberOrNullIn(row, 'holder_pid');
  if (pid === null) return false;
  const mark = { pid, started: textIn(row, 'holder_started') };
  return !isElsewhere(mark) && !isAlive(mark);
}

const decode = (row: Row): TemporaryKey => ({
  alias: textIn(row, 'alias'),
  keyId: textOrNullIn(row, 'key_id'),
  scope: oneOf(row, 'scope', scopes),
  account: { id: textIn(row, 'account_id'), nickname: textIn(row, 'account_nickname') },
  createdAt: numberIn(row, 'created_at'),
  expiresAt: numberIn(row, 'expires_at'),
  held: numberOrNullIn(row, 'holder_pid') !== null,
  ended: flag(row, 'ended') || isHolderGone(row),
  problem: textOrNullIn(row, 'problem'),
  failures: numberIn(row, 'failures'),
  retryAt: numberIn(row, 'retry_at'),
});

export const temporaryKeysTable = (db: Connection): State['temporaryKeys'] => ({
  all: () => db.all(decode, 'SELECT * FROM temporary_keys ORDER BY expires_at, alias'),
  put({ alias, keyId, scope, account, createdAt, expiresAt, problem, failures, retryAt }) {
    db.run(
      `INSERT INTO temporary_keys
         (alias, key_id, scope, account_id, account_nickname, created_at, expires_at, problem, failures, retry_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (alias) DO UPDATE SET key_id = excluded.key_id, created_at = excluded.created_at, problem = excluded.problem,
         failures = excluded.failures, retry_at = excluded.retry_at`,
      alias,
      keyId,
      scope,
      account.id,
      account.nickname,
      Math.trunc(createdAt),
      Math.trunc(expiresAt),
      problem,
      failures,
      Math.trunc(retryAt),
    );
  },
  hold(alias, holder) {
    const mark = holder === null ? null : markOf(holder === 'this process' ? process.pid : holder);
    db.run(
      'UPDATE temporary_keys SET holder_pid = ?, holder_started = ? WHERE alias = ?',
      mark?.pid ?? null,
      mark?.started ?? '',
      alias,
    );
  },
  end(alias) {
    db.run('UPDATE temporary_keys SET ended = 1, retry_at = 0 WHERE alias = ?', alias);
  },
  remove: (alias) => db.run('DELETE FROM temporary_keys WHERE alias = ?', alias).changes > 0,
});
